package s3

import (
	"fmt"

	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/format"
)

// perGigabyte is what S3 takes for 10⁹ bytes from one region to another, in
// dollars, at most between the common ones.
const perGigabyte = 0.02

// facts are what to know before agreeing.
func (p *copyPlan) facts(existing transfer.Existing) []string {
	facts := []string{fmt.Sprintf("%s, %s, to %s", format.Plural(p.plan.Objects, "object", "objects"), format.Size(p.plan.Bytes), s3.URI(p.of.To.Bucket, p.of.To.Key))}
	if p.plan.Archived > 0 {
		facts = append(facts, fmt.Sprintf("%s left out: restore them first", format.Plural(p.plan.Archived, "archived object is", "archived objects are")))
	}
	if p.plan.TooLong > 0 {
		facts = append(facts, fmt.Sprintf("%s left out: the new keys would be longer than S3 allows", format.Plural(p.plan.TooLong, "object is", "objects are")))
	}
	facts = append(facts, p.onExisting(existing)...)
	if p.of.way != copies {
		facts = append(facts, "each source is deleted once its copy was verified; "+p.undo())
	}
	if from, to := s3.Region(p.env.AWS, p.of.Bucket), s3.Region(p.env.AWS, p.of.To.Bucket); from != to {
		facts = append(facts, fmt.Sprintf("from %s to %s: up to ≈ %s for the transfer between regions", from, to, dollars(float64(p.plan.Bytes)/1e9*perGigabyte)))
	}
	return append(facts, "metadata, tags and storage classes are kept; access lists and locks are not")
}

func (p *copyPlan) onExisting(existing transfer.Existing) []string {
	switch {
	case p.plan.Unknown != "":
		return []string{"which targets exist is not known (" + p.plan.Unknown + "): none is overwritten"}
	case p.plan.Existing == 0:
		return nil
	}
	n := p.plan.Existing
	switch existing {
	case transfer.Skip:
		return []string{format.Plural(n, "object at the target stays as it is, and so does its source", "objects at the target stay as they are, and so do their sources")}
	case transfer.KeepBoth:
		return []string{format.Plural(n, "object at the target stays", "objects at the target stay") + "; what comes is called name (2).ext"}
	case transfer.Overwrite:
	}
	if s3.KnownVersioning(p.env.AWS, p.of.To.Bucket) == s3.VersioningOn {
		return []string{format.Plural(n, "object at the target becomes an older version", "objects at the target become older versions")}
	}
	return []string{format.Plural(n, "object at the target is overwritten, and gone for good", "objects at the target are overwritten, and gone for good")}
}

// undo says whether the sources can be brought back.
func (p *copyPlan) undo() string {
	switch s3.KnownVersioning(p.env.AWS, p.of.Bucket) {
	case s3.VersioningOn:
		return "its bucket keeps versions: removing the delete marker brings it back there"
	case s3.VersioningSuspended:
		return "versioning of its bucket is suspended: only older versions stay there"
	case s3.VersioningOff:
		return "its bucket keeps no versions: nothing stays there"
	default:
		return "whether its bucket keeps versions is not known"
	}
}

func dollars(d float64) string {
	if d < 0.01 {
		return "$0.01"
	}
	return fmt.Sprintf("$%.2f", d)
}
