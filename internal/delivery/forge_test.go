package delivery_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// forge stands in for what the pipelines call of GitHub's and GitLab's API: comments and issues, as they were written.
type forge struct {
	url string

	mu       sync.Mutex
	comments []map[string]any
	issues   []map[string]any
}

const forgeToken = "not-a-real-forge-token"

func startForge(t *testing.T) *forge {
	t.Helper()
	f := &forge{}
	mux := http.NewServeMux()
	for _, at := range []struct{ comments, comment, issues, change string }{
		{"/repos/acme/edr/issues/7/comments", "/repos/acme/edr/issues/comments/", "/repos/acme/edr/issues", "PATCH"},
		{"/projects/12/merge_requests/7/notes", "/projects/12/merge_requests/7/notes/", "/projects/12/issues", "PUT"},
	} {
		mux.HandleFunc("GET "+at.comments, f.list(&f.comments))
		mux.HandleFunc("POST "+at.comments, f.write(&f.comments))
		mux.HandleFunc(at.change+" "+at.comment+"{id}", f.write(&f.comments))
		mux.HandleFunc("GET "+at.issues, f.list(&f.issues))
		mux.HandleFunc("POST "+at.issues, f.write(&f.issues))
		mux.HandleFunc(at.change+" "+at.issues+"/{id}", f.write(&f.issues))
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+forgeToken && r.Header.Get("Private-Token") != forgeToken {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

// list serves one page of what is open and has the label that is asked for.
func (f *forge) list(items *[]map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		label := r.FormValue("labels")
		found := slices.DeleteFunc(slices.Clone(*items), func(item map[string]any) bool {
			labels, _ := json.Marshal(item["labels"])
			return closed(item) || !strings.Contains(string(labels), label)
		})
		size, _ := strconv.Atoi(r.FormValue("per_page"))
		page, err := strconv.Atoi(r.FormValue("page"))
		if err != nil {
			page = 1
		}
		from := min((page-1)*size, len(found))
		_ = json.NewEncoder(w).Encode(append([]map[string]any{}, found[from:min(from+size, len(found))]...))
	}
}

// write creates an item, or changes the one that the path names.
func (f *forge) write(items *[]map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var sent map[string]any
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if id := r.PathValue("id"); id != "" {
			n, err := strconv.Atoi(id)
			if err != nil || n < 1 || n > len(*items) {
				http.NotFound(w, r)
				return
			}
			maps.Copy((*items)[n-1], sent)
			return
		}
		n := len(*items) + 1
		sent["id"], sent["number"], sent["iid"] = n, n, n
		*items = append(*items, sent)
	}
}

func closed(item map[string]any) bool {
	return item["state"] == "closed" || item["state_event"] == "close"
}

// openIssues are the texts of the issues that are open.
func (f *forge) openIssues() (texts []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, issue := range f.issues {
		if !closed(issue) {
			texts = append(texts, text(issue))
		}
	}
	return texts
}

// text is what GitHub calls the body, and GitLab the description of an issue.
func text(item map[string]any) string {
	for _, key := range []string{"description", "body"} {
		if text, ok := item[key].(string); ok {
			return text
		}
	}
	return ""
}
