package demo

import "strings"

// fillOddities adds keys that are legal and hurt: each has broken some tool.
func fillOddities(b *bucket) {
	for _, key := range []string{
		"control\x01\x02bytes.txt",
		"escape\x1b[2J\x1b[31mred.txt",
		"title\x1b]0;owned\x07.txt",
		"bidi-\u202egnp.exe",
		"double//slash.txt",
		"/leading.txt",
		"line\nbreak.txt",
		"tab\tand\rreturn.txt",
		"emoji-🧋.txt",
		"flag-🇫🇷-👩‍👩‍👧.txt",
		"wide-データ湖.csv",
		"combining-e\u0301.txt",
		"zero\u200bwidth.txt",
		"invalid-\xff\xfe.txt",
		"plus+and space.txt",
		"percent%2Fencoded.txt",
		"quotes'and\"double.txt",
		"$(reboot) `date`;&|.txt",
		"<tag>&amp;.xml",
		"../up.txt",
		"./here.txt",
		"dots/../../etc/passwd",
		"trailing space .txt ",
		"back\\slash.txt",
		"same",
		"same/inside.txt",
		"-rf",
		"long/" + strings.Repeat("a-long-name-", 84) + "0123456.txt", // 1,024 bytes
	} {
		b.file(key, held("this is the object named "+strings.ToValidUTF8(key, "?")+"\n"), date(2026, 4, 1), "")
	}
	b.file("folder-with-content/", held("A folder marker may have content.\n"), date(2026, 4, 2), "")
	b.file("empty.txt", held{}, date(2026, 4, 2), "")
	b.file("hostile-content.txt", held("plain\n\x1b[2J\x1b]0;owned\x07 escapes\n\u202eright to left\nend\n"), date(2026, 4, 2), "")
}

// bookText is for counting words.
const bookText = `It was a bright cold morning in the lake country and the ducks were walking.
The lake was deep and the lake was blue, and nobody who came to the lake drank from it.
They brought straws, long straws and short straws, and drank tea on the shore.
One straw is a toy, two straws are a tool, and a bundle of straws is a house.
The house stood by the lake and the tea was sweet.
`
