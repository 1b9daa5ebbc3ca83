package listpane

import "straws/ui/format"

// tally counts a row that has joined the list.
func (p *Pane[T]) tally(it T) {
	if p.spec.Other != nil && p.spec.Other(it) {
		p.others++
	}
}

// counted is the number of rows, with a + while more are to come.
func (p *Pane[T]) counted() string {
	n := p.table.Rows().Len()
	if p.spec.Progress != nil {
		return format.Plural(n, p.spec.Noun, p.nouns(n)) + " " + p.spec.Progress()
	}
	whole := p.complete || n == 0
	if p.others == 0 {
		return amount(n, p.spec.Noun, p.nouns(2), whole)
	}
	others := amount(p.others, p.spec.OtherNoun, p.spec.OtherNouns, whole)
	if n == p.others {
		return others
	}
	return others + " and " + amount(n-p.others, p.spec.Noun, p.nouns(2), whole)
}

func amount(n int, one, many string, whole bool) string {
	if whole {
		return format.Plural(n, one, many)
	}
	return format.Count(n) + "+ " + many
}
