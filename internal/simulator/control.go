package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// controlRoutes adds what a person, or a test in another language, steers the console with. They need no token and are
// not counted.
func (c *Console) controlRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /_simulator/stats", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, c.Stats()) })
	mux.HandleFunc("POST /_simulator/stats/reset", func(w http.ResponseWriter, _ *http.Request) {
		c.ResetStats()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /_simulator/faults", func(w http.ResponseWriter, r *http.Request) {
		var f Fault
		done(w, decodeStrictly(r.Body, &f), func() error { return c.faults.add(f) })
	})
	mux.HandleFunc("DELETE /_simulator/faults", func(w http.ResponseWriter, _ *http.Request) {
		c.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /_simulator/state", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, c.State()) })
	mux.HandleFunc("PUT /_simulator/state", func(w http.ResponseWriter, r *http.Request) {
		var s State
		done(w, decodeStrictly(r.Body, &s), func() error {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.load(s, c.checkAnswers)
		})
	})
	mux.HandleFunc("/_simulator/", http.NotFound)
}

// decodeStrictly reads JSON: a misspelled switch or fault must not pass unseen.
func decodeStrictly(from io.Reader, into any) error {
	d := json.NewDecoder(from)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("JSON: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("JSON: something follows the document")
	}
	return nil
}

// done does the work unless there was an error before it, and answers.
func done(w http.ResponseWriter, err error, work func() error) {
	if err == nil {
		err = work()
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func writeJSON(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // A client that has gone is not the console's business.
}
