package lambda

// Masked stands in for the value of an environment variable, which is often a secret.
const Masked = "••••"

// Secret is a text that prints, formats and encodes as Masked, so that it gets
// onto no screen and into no log unless Reveal is called.
type Secret struct{ text string }

// NewSecret hides text.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the text itself.
func (s Secret) Reveal() string { return s.text }

// String implements fmt.Stringer.
func (s Secret) String() string { return Masked }

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return Masked }

// MarshalText implements encoding.TextMarshaler.
func (s Secret) MarshalText() ([]byte, error) { return []byte(Masked), nil }
