package lambda

import (
	"fmt"
	"time"
)

const (
	smallestMemory = 128 // MB
	memoryStep     = 64  // MB; what is suggested is a multiple of it
	spare          = 1.5 // times what was used, in what is suggested
	muchTooLarge   = 0.4 // share of the memory in use below which the rest is waste
	closeToTimeout = 0.8 // share of the timeout
)

// Advice is what the use that runs made of memory and time suggests, a sentence
// each. Used is the most memory of any of them and longest the longest time.
func Advice(used, memory int64, longest, timeout time.Duration) []string {
	var out []string
	if better := suggested(used); used > 0 && memory > smallestMemory && float64(used) < muchTooLarge*float64(memory) && better < memory {
		out = append(out, fmt.Sprintf("memory is far too large: %d of %d MB used; %d MB would do, but less memory is also less CPU", used, memory, better))
	}
	if timeout > 0 && float64(longest) > closeToTimeout*float64(timeout) {
		out = append(out, fmt.Sprintf("close to the timeout: %.1f of %.0f s", longest.Seconds(), timeout.Seconds()))
	}
	return out
}

func suggested(used int64) int64 {
	n := int64(float64(used) * spare)
	return max(smallestMemory, (n+memoryStep-1)/memoryStep*memoryStep)
}
