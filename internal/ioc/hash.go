package ioc

import (
	"fmt"
	"strings"
)

// SHA1 returns a SHA-1 in its canonical form: 40 hexadecimal digits in lower case.
func SHA1(text string) (string, error) { return hash(text, "SHA-1", 20) }

// SHA256 returns a SHA-256 in its canonical form: 64 hexadecimal digits in lower case.
func SHA256(text string) (string, error) { return hash(text, "SHA-256", 32) }

func hash(text, name string, bytes int) (string, error) {
	if len(text) != 2*bytes || !isHexadecimal(text) {
		return "", fmt.Errorf("%q is no %s: it takes %d hexadecimal digits", text, name, 2*bytes)
	}
	return strings.ToLower(text), nil
}

// hashes are the types of hashes by their number of digits.
var hashes = map[int]Type{32: TypeMD5, 40: TypeSHA1, 64: TypeSHA256}

func isHexadecimal(text string) bool { return strings.Trim(text, "0123456789abcdefABCDEF") == "" }
