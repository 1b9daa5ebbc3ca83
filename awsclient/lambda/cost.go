package lambda

// List prices of us-east-1, in dollars.
const (
	perRequest       = 0.0000002
	perGBSecondX86   = 0.0000166667
	perGBSecondARM64 = 0.0000133334
)

// Cost is roughly what the run costs, in dollars, at the list prices of
// us-east-1 and without the free tier. Arch is the function's, "arm64" or "x86_64".
func (r Report) Cost(arch string) float64 {
	price := perGBSecondX86
	if arch == "arm64" {
		price = perGBSecondARM64
	}
	billed := r.Billed + r.BilledRestore
	return perRequest + billed.Seconds()*float64(r.Memory)/1024*price
}
