package lambda

import (
	"errors"
	"strings"
)

// shellWords splits a command as a shell does, without expanding anything. A
// backslash that escapes nothing stands for itself, as in the paths of Windows.
func shellWords(s string) ([]string, error) {
	var (
		words []string
		word  strings.Builder
		quote byte // that is open
		begun bool
	)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && quote != '\'' && i+1 < len(s) && strings.IndexByte(" \"'\\", s[i+1]) >= 0:
			i++
			word.WriteByte(s[i])
			begun = true
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, begun = c, true
		case quote == 0 && (c == ' ' || c == '\t' || c == '\n'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}
