package simulator

import (
	"net/http/httptest"
	"testing"
)

// Start serves a console on the loopback interface until the test ends. The test fails when an answer broke the
// contract, and, without AllowUnknownRoutes, when a route was asked for that the console does not have.
func Start(t testing.TB, opts ...Option) *Console {
	t.Helper()
	c, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c)
	c.url = server.URL
	t.Cleanup(func() {
		server.CloseClientConnections() // Whoever still waits for a slow answer has gone.
		server.Close()
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, v := range c.violations {
			t.Errorf("simulator: %s", v)
		}
	})
	return c
}
