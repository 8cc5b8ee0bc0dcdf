package ioc

import (
	"strings"
	"unicode"
)

// Refang returns one indicator as it was before somebody made it safe to click on, or wrote it into a sentence:
// "evil[.]example", "evil(dot)example", "hxxp://evil.example", "“evil.example”,". White space, quotes, brackets, commas
// and semicolons around it go, and so does the dot at the end of a sentence. What is left is not judged and keeps its
// case. A text without any of that is returned as it is.
func Refang(text string) string {
	if strings.ContainsAny(text, "[({\uff0e\u3002\uff61") { // else spare a copy of the text
		text = defanged.Replace(text)
	}
	text = trim(text)
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		if plain, ok := defangedSchemes[strings.ToLower(scheme)]; ok {
			return plain + "://" + rest
		}
	}
	return text
}

// defanged replaces what people write for the signs that make a text a link.
var defanged = strings.NewReplacer(append(bracketed(),
	"\uff0e", ".", "\u3002", ".", "\uff61", ".", // the full stops of East Asian scripts
)...)

func bracketed() []string {
	var pairs []string
	for _, brackets := range []string{"[]", "()", "{}"} {
		for written, plain := range map[string]string{
			".": ".", "dot": ".", "Dot": ".", "DOT": ".", ":": ":", "::": "::", "://": "://", "/": "/", "@": "@",
		} {
			pairs = append(pairs, brackets[:1]+written+brackets[1:], plain)
		}
	}
	return pairs
}

var defangedSchemes = map[string]string{
	"hxxp": "http", "hxxps": "https", "h**p": "http", "h**ps": "https", "fxp": "ftp", "fxps": "ftps",
}

// trim removes what stands around an indicator. Two dots at the end are not those of a sentence: something was cut off.
func trim(text string) string {
	text = strings.TrimFunc(text, isAround)
	if sentence, ok := strings.CutSuffix(text, "."); ok && !strings.HasSuffix(sentence, ".") {
		text = strings.TrimFunc(sentence, isAround)
	}
	return text
}

func isAround(r rune) bool {
	const invisible = "\ufeff\u200b" // a byte order mark, a space without width
	return unicode.IsSpace(r) || strings.ContainsRune(`"'`+"`"+`“”‘’«»<>()[]{},;`+invisible, r)
}
