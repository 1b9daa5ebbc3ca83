package highlight

import (
	"path"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// The lexers that come with chroma are three hundred, all read when the program
// starts, which takes as long as everything else of the first frame. These few
// are made from a description each, when a text of theirs is first looked at.

// language describes what a lexer tells apart.
type language struct {
	names    []string // extensions with their dot, or whole file names
	comment  []string // what begins a comment up to the end of the line
	block    [2]string
	quotes   string   // characters that begin and end a string on one line
	long     []string // what begins and ends a string over many lines
	keywords string
	nocase   bool
	extra    []chroma.Rule // tried first
}

const cKeywords = "if else for while do switch case default break continue return new class interface extends implements import package public private protected static final const let var function async await yield try catch finally throw throws void int long short byte float double bool boolean char string true false null undefined this super struct enum type func defer go chan map range select goto nil fn mut impl trait match use mod pub self in of typeof instanceof abstract override val def object with lazy sealed case extends namespace using template virtual"

// languages are tried in order.
func languages() []language {
	return []language{
		{names: []string{".json", ".geojson", ".jsonl", ".ndjson", ".ipynb", ".tfstate", ".avsc"}, quotes: `"`, keywords: "true false null", extra: []chroma.Rule{
			{Pattern: `"(?:\\.|[^"\\\n])*"(?=\s*:)`, Type: chroma.NameTag},
		}},
		{names: []string{".yaml", ".yml"}, comment: []string{"#"}, quotes: `"'`, keywords: "true false null yes no on off", extra: []chroma.Rule{
			{Pattern: `(?m)^[ \t]*(?:- +)*[^\s#:"'\-{\[][^:#\n]*(?=:(?:\s|$))`, Type: chroma.NameTag},
			{Pattern: `[^\s:#"']+`, Type: chroma.Text},
		}},
		{names: []string{".toml", ".ini", ".cfg", ".conf", ".properties", ".env", ".editorconfig", "config", "credentials"}, comment: []string{"#", ";"}, quotes: `"'`, keywords: "true false", extra: []chroma.Rule{
			{Pattern: `(?m)^[ \t]*\[[^\]\n]*\]+`, Type: chroma.Keyword},
			{Pattern: `(?m)^[ \t]*[\w.\-/"]+(?=[ \t]*[=:])`, Type: chroma.NameTag},
		}},
		{names: []string{".py", ".pyi", ".pyx"}, comment: []string{"#"}, quotes: `"'`, long: []string{`"""`, `'''`}, keywords: "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case True False None self", extra: []chroma.Rule{
			{Pattern: `(?m)^[ \t]*@[\w.]+`, Type: chroma.NameDecorator},
		}},
		{names: []string{".sql", ".hql", ".ddl"}, comment: []string{"--"}, block: [2]string{"/*", "*/"}, quotes: `'"`, nocase: true, keywords: "select from where and or not insert into values update set delete create table external if exists drop alter add column view as on join left right inner outer full cross group by order having limit offset union all distinct case when then else end null is in like between with partition partitioned stored location row format over primary key default references index unique true false using cast"},
		{names: []string{".sh", ".bash", ".zsh", "Makefile", ".mk", ".bashrc", ".profile"}, comment: []string{"#"}, quotes: `"'`, keywords: "if then else elif fi for in do done while until case esac function return export local set unset exit echo cd source shift trap eval exec", extra: []chroma.Rule{
			{Pattern: `\$\{[^}\n]*\}|\$\w+|\$[@#?*!]`, Type: chroma.NameVariable},
		}},
		{names: []string{".go", ".java", ".js", ".jsx", ".mjs", ".ts", ".tsx", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".scala", ".kt", ".rs", ".swift", ".groovy", ".proto", ".gradle", ".php", ".dart"}, comment: []string{"//"}, block: [2]string{"/*", "*/"}, quotes: `"'`, long: []string{"`"}, keywords: cKeywords},
		{names: []string{".tf", ".tfvars", ".hcl"}, comment: []string{"#", "//"}, block: [2]string{"/*", "*/"}, quotes: `"`, keywords: "resource data variable output locals module provider terraform for in if else true false null", extra: []chroma.Rule{
			{Pattern: `(?m)^[ \t]*[\w\-]+(?=[ \t]*=)`, Type: chroma.NameTag},
		}},
		{names: []string{".css", ".scss", ".less"}, block: [2]string{"/*", "*/"}, quotes: `"'`, extra: []chroma.Rule{
			{Pattern: `[\w\-]+(?=\s*:[^:{]*[;}])`, Type: chroma.NameTag},
			{Pattern: `[.#]?[A-Za-z_][\w\-]*`, Type: chroma.Text},
		}},
		{names: []string{".html", ".htm", ".xml", ".svg", ".xhtml", ".xsd", ".xsl", ".pom", ".plist", ".rss", ".kml"}, block: [2]string{"<!--", "-->"}, extra: []chroma.Rule{
			{Pattern: `</?[\w:.\-]+|/?>`, Type: chroma.NameTag},
			{Pattern: `<[!?][^>\n]*>?`, Type: chroma.Comment},
			{Pattern: `[\w:.\-]+(?==["'])`, Type: chroma.NameVariable},
			{Pattern: `(?<==)"[^"\n]*"|(?<==)'[^'\n]*'`, Type: chroma.String},
			{Pattern: `[^<>"'=\s]+`, Type: chroma.Text},
		}},
		{names: []string{".md", ".markdown", ".rst"}, extra: []chroma.Rule{
			{Pattern: `(?m)^#{1,6} [^\n]*`, Type: chroma.Keyword},
			{Pattern: "```[^`]*```|`[^`\n]+`", Type: chroma.String},
			{Pattern: `(?m)^[ \t]*(?:[-*+]|\d+\.)(?= )`, Type: chroma.NameTag},
			{Pattern: `https?://[^\s)>]+`, Type: chroma.NameVariable},
			{Pattern: `[^\s#` + "`" + `]+`, Type: chroma.Text},
		}},
		{names: []string{"Dockerfile", ".dockerfile"}, comment: []string{"#"}, quotes: `"'`, keywords: "FROM RUN CMD COPY ADD ENV ARG ENTRYPOINT WORKDIR EXPOSE VOLUME USER LABEL AS SHELL STOPSIGNAL HEALTHCHECK ONBUILD"},
		{names: []string{".diff", ".patch"}, extra: []chroma.Rule{
			{Pattern: `(?m)^\+[^\n]*`, Type: chroma.GenericInserted},
			{Pattern: `(?m)^-[^\n]*`, Type: chroma.GenericDeleted},
			{Pattern: `(?m)^(?:@@|diff|index)[^\n]*`, Type: chroma.Keyword},
			{Pattern: `[^\n]+`, Type: chroma.Text},
		}},
		{names: []string{".log", "stdout", "stderr", "syslog", "messages"}, extra: []chroma.Rule{
			{Pattern: `\b(?:ERROR|FATAL|SEVERE|CRITICAL|PANIC|error:|Exception)\b`, Type: chroma.GenericError},
			{Pattern: `\b(?:WARN|WARNING|warning:)\b`, Type: chroma.GenericEmph},
			{Pattern: `(?m)^\[?\d{2,4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?\]?`, Type: chroma.Comment},
			{Pattern: `[^\s]+`, Type: chroma.Text},
		}},
	}
}

// find chooses a language by a file name, or by a text's first line.
func find(name, text string) (language, bool) {
	base, ext := path.Base(name), strings.ToLower(path.Ext(name))
	for _, l := range languages() {
		for _, n := range l.names {
			if n == base || ext != "" && n == ext {
				return l, true
			}
		}
	}
	first, _, _ := strings.Cut(text[:min(len(text), 200)], "\n")
	switch {
	case strings.HasPrefix(first, "#!") && strings.Contains(first, "python"):
		return find("a.py", "")
	case strings.HasPrefix(first, "#!"):
		return find("a.sh", "")
	case strings.HasPrefix(first, "<?xml"), strings.HasPrefix(strings.ToLower(first), "<!doctype html"):
		return find("a.xml", "")
	}
	return language{}, false
}

// rules are what chroma makes a lexer from.
func (l language) rules() chroma.Rules {
	var out []chroma.Rule
	add := func(pattern string, t chroma.TokenType) {
		out = append(out, chroma.Rule{Pattern: pattern, Type: t})
	}
	add(`\n+`, chroma.Text)
	if l.block[0] != "" {
		add(`(?s)`+regexp.QuoteMeta(l.block[0])+`.*?(?:`+regexp.QuoteMeta(l.block[1])+`|\z)`, chroma.CommentMultiline)
	}
	for _, c := range l.comment {
		add(regexp.QuoteMeta(c)+`[^\n]*`, chroma.Comment)
	}
	out = append(out, l.extra...)
	add(`[ \t\r]+`, chroma.Text)
	for _, q := range l.long {
		add(`(?s)`+regexp.QuoteMeta(q)+`.*?(?:`+regexp.QuoteMeta(q)+`|\z)`, chroma.String)
	}
	for _, q := range l.quotes {
		add(string(q)+`(?:\\.|[^`+string(q)+`\\\n])*`+string(q)+`?`, chroma.String)
	}
	add(`-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b`, chroma.Number)
	if l.keywords != "" {
		add(`(?:`+strings.ReplaceAll(l.keywords, " ", "|")+`)\b`, chroma.Keyword)
	}
	add(`[A-Za-z_][\w]*`, chroma.Text)
	add(`[^\sA-Za-z_0-9]`, chroma.Text)
	add(`.`, chroma.Text)
	return chroma.Rules{"root": out}
}
