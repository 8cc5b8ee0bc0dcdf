package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// subcategories are the groups of the registry's sidebar, each with what the names of its objects begin with.
var subcategories = []struct {
	title string
	names []string
}{
	{"Network Control", []string{"firewall_", "locations"}},
	{"Blocklist", []string{"blocklist_"}},
	{"Indicators", []string{"indicator_", "unmanaged_indicators", "parse_indicators", "refang", "guard"}},
	{"Vulnerabilities", []string{"application_", "vulnerabilities", "endpoints"}},
	{"Accounts and Access", []string{"account", "site", "group", "api_token", "permissions"}},
}

func subcategoryOf(object string) string {
	for _, subcategory := range subcategories {
		for _, name := range subcategory.names {
			if strings.HasPrefix(object, name) {
				return subcategory.title
			}
		}
	}
	return ""
}

// groupPages puts the page of each object into its subcategory, which tfplugindocs leaves empty: its templates are by kind
// of object, and the groups are not. Pages without the field are guides, and the provider's own.
func groupPages() error {
	pages, err := filepath.Glob(filepath.Join("docs", "*", "*.md"))
	if err != nil {
		return err
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		before, after, found := strings.Cut(string(text), "\nsubcategory: \"\"\n")
		if !found {
			continue
		}
		subcategory := subcategoryOf(strings.TrimSuffix(filepath.Base(page), ".md"))
		if subcategory == "" {
			return fmt.Errorf("%s belongs to no subcategory: name it in subcategories", page)
		}
		grouped := fmt.Sprintf("%s\nsubcategory: %q\n%s", before, subcategory, after)
		if err := os.WriteFile(page, []byte(grouped), 0o644); err != nil {
			return err
		}
	}
	return nil
}
