package transfer

// Without is the plan of the items that are not done: what a run that was cut
// short has left.
func (p *Plan) Without(done func(id string) bool) *Plan {
	w, s := p.work.only(func(it Item) bool { return !done(it.ID) })
	return &Plan{Summary: s, session: p.session, work: w}
}
