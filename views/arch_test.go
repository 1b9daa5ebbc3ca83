package views_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The house's limits of size, in lines.
const (
	fileLimit     = 400
	functionLimit = 60
)

// wall is a boundary that no import of the code outside tests may cross.
type wall struct {
	name string
	// around says which packages are behind the wall, by their directory.
	around func(dir string) bool
	// never says which imports of such a package cross it.
	never func(dir, imported string) bool
}

func walls() []wall {
	return []wall{
		{"awsclient knows no screen", within("awsclient"), func(_, to string) bool {
			return screen(to) || of(to, "straws/ui") || of(to, "straws/views")
		}},
		{"a service of the SDK is imported by its own package alone", anything, func(dir, to string) bool {
			service, ok := strings.CutPrefix(to, sdk+"/service/")
			first, _, _ := strings.Cut(service, "/")
			shared := dir == "awsclient" && (first == "sts" || first == "iam")
			return ok && !shared && (path.Dir(dir) != "awsclient" || dir == "awsclient/bulk")
		}},
		{"only awsclient imports the SDK", func(dir string) bool { return !within("awsclient")(dir) }, func(_, to string) bool {
			return of(to, sdk) || of(to, "github.com/aws/smithy-go")
		}},
		{"ui knows no service", within("ui"), func(_, to string) bool {
			return strings.HasPrefix(to, "straws/awsclient/") || of(to, "straws/views")
		}},
		{"a widget does not know the shell", inside("ui"), func(dir, to string) bool {
			return to == "straws/ui" && dir != "ui/uitest"
		}},
		{"a pane knows AWS and the widgets, and no other pane", inside("views"), func(dir, to string) bool {
			return to == "straws/ui" || to == "straws/ui/uitest" || of(to, "straws/views") && !of(to, "straws/"+ownView(dir))
		}},
		{"views only lists the services", exactly("views"), func(_, to string) bool {
			return of(to, "straws/awsclient") || of(to, "straws/ui") && to != "straws/ui/pane" || screen(to)
		}},
		{"the demo account is main's choice", func(dir string) bool { return dir != "." && !within("awsclient/demo")(dir) }, func(_, to string) bool {
			return of(to, "straws/awsclient/demo")
		}},
		{"nothing imports what is for tests", func(dir string) bool { return !within("ui/uitest")(dir) }, func(_, to string) bool {
			return of(to, "straws/ui/uitest") || of(to, "straws/awsclient/versitygw")
		}},
	}
}

const sdk = "github.com/aws/aws-sdk-go-v2"

// of reports whether path is the package at root or one below it.
func of(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

func screen(path string) bool {
	return of(path, "charm.land") || of(path, "github.com/charmbracelet")
}

func ownView(dir string) string { return strings.Join(strings.Split(dir, "/")[:2], "/") }

func anything(string) bool { return true }

func exactly(root string) func(string) bool { return func(dir string) bool { return dir == root } }

func within(root string) func(string) bool { return func(dir string) bool { return of(dir, root) } }

func inside(root string) func(string) bool {
	return func(dir string) bool { return dir != root && of(dir, root) }
}

// crossed names the walls that an import goes through.
func crossed(dir, imported string) []string {
	var out []string
	for _, w := range walls() {
		if w.around(dir) && w.never(dir, imported) {
			out = append(out, w.name)
		}
	}
	return out
}

func TestNoImportCrossesAWall(t *testing.T) {
	for _, f := range source(t) {
		if f.test {
			continue
		}
		for _, spec := range f.syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range crossed(f.dir, imported) {
				t.Errorf("%s imports %s: %s", f.at(spec), imported, name)
			}
		}
	}
}

func TestWhatTheWallsLetThrough(t *testing.T) {
	for _, tt := range []struct {
		dir, imported string
		allowed       bool
	}{
		{"awsclient", "charm.land/bubbletea/v2", false},
		{"awsclient/s3", "straws/ui/format", false},
		{"awsclient", sdk + "/config", true},
		{"awsclient", sdk + "/service/sts", true},
		{"awsclient", sdk + "/service/ec2", false},
		{"awsclient/ec2", sdk + "/service/ec2/types", true},
		{"awsclient/demo", sdk + "/service/ec2", true},
		{"awsclient/ec2", "straws/awsclient/demo", false},
		{"ui", "straws/awsclient", true},
		{"ui", "straws/awsclient/ec2", false},
		{"ui/listpane", sdk + "/service/s3", false},
		{"ui/table", "straws/views/ec2", false},
		{"ui/table", "straws/ui", false},
		{"ui/uitest", "straws/ui", true},
		{"views", "straws/views/s3", true},
		{"views", "straws/ui/pane", true},
		{"views", "straws/ui", false},
		{"views/ec2", "straws/awsclient/ec2", true},
		{"views/ec2", "straws/awsclient/s3", true},
		{"views/ec2", "straws/ui/listpane", true},
		{"views/ec2", "straws/ui", false},
		{"views/ec2", "straws/views/s3", false},
		{"views/ec2", sdk + "/aws", false},
		{".", "straws/awsclient/demo", true},
		{".", sdk + "/service/s3", false},
		{".", "straws/ui/uitest", false},
	} {
		if got := len(crossed(tt.dir, tt.imported)) == 0; got != tt.allowed {
			t.Errorf("%s may import %s: %v, want %v", tt.dir, tt.imported, got, tt.allowed)
		}
	}
}

func TestNoFileAndNoFunctionIsLong(t *testing.T) {
	for _, f := range source(t) {
		if n := f.lines(f.syntax.FileStart, f.syntax.FileEnd) - 1; n > fileLimit {
			t.Errorf("%s:%d: the file has %d lines; one concept fits %d", f.path, fileLimit+1, n, fileLimit)
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			d, ok := n.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				return true
			}
			if n := f.lines(d.Pos(), d.End()); n > functionLimit {
				t.Errorf("%s: %s has %d lines; one thought fits %d", f.at(d), d.Name.Name, n, functionLimit)
			}
			return true
		})
	}
}

func TestNoPackageIsADrawer(t *testing.T) {
	for _, f := range source(t) {
		name := strings.TrimSuffix(f.syntax.Name.Name, "_test")
		if slices.Contains([]string{"util", "utils", "common", "helpers", "helper", "base", "misc"}, name) {
			t.Errorf("%s: package %s does not say what it is about", f.at(f.syntax.Name), name)
		}
	}
}

func TestEveryContextComesFromMain(t *testing.T) {
	for _, f := range source(t) {
		if f.test || f.path == "main.go" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "context" && (s.Sel.Name == "Background" || s.Sel.Name == "TODO") {
				t.Errorf("%s: context.%s does not end with the program; take the caller's", f.at(s), s.Sel.Name)
			}
			return true
		})
	}
}

// file is one Go file of the module.
type file struct {
	path   string // below the root of the module, with slashes
	dir    string // of path; "." at the root
	test   bool   // it is only compiled for tests
	syntax *ast.File
	set    *token.FileSet
}

// at is where n begins, as compilers write it.
func (f file) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", f.path, f.set.Position(n.Pos()).Line)
}

func (f file) lines(from, to token.Pos) int {
	return f.set.Position(to).Line - f.set.Position(from).Line + 1
}

// source reads every Go file of the module but those that git ignores.
func source(t *testing.T) []file {
	t.Helper()
	root := moduleRoot(t)
	ignored, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	skip := strings.Fields(string(ignored))
	var out []file
	err = fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || slices.Contains(skip, d.Name()+"/")):
			return fs.SkipDir
		case d.IsDir() || path.Ext(p) != ".go":
			return nil
		}
		out = append(out, read(t, root, p))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatalf("there is no Go file below %s", root)
	}
	return out
}

func read(t *testing.T, root, p string) file {
	t.Helper()
	f := file{path: p, dir: path.Dir(p), set: token.NewFileSet()}
	var err error
	if f.syntax, err = parser.ParseFile(f.set, filepath.Join(root, p), nil, parser.SkipObjectResolution); err != nil {
		t.Fatal(err)
	}
	f.test = strings.HasSuffix(p, "_test.go") || f.dir == "ui/uitest"
	return f
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}
