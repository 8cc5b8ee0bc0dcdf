package simulator

import (
	"maps"
	"sync"
)

// Stats counts API calls, those that a fault answered included. Requests has them by method and route, such as
// "PUT /web/api/v2.1/firewall-control/{rule_id}".
type Stats struct {
	Total       int            `json:"total"`
	MaxInFlight int            `json:"max_in_flight"`
	Requests    map[string]int `json:"requests"`
}

// meter counts calls. Its lock is its own: a call is counted while another one is served.
type meter struct {
	mu       sync.Mutex
	stats    Stats
	inFlight int
}

// enter counts a call; the function returned is for its end.
func (m *meter) enter(route string) (leave func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stats.Requests == nil {
		m.stats.Requests = map[string]int{}
	}
	m.stats.Total++
	m.stats.Requests[route]++
	m.inFlight++
	m.stats.MaxInFlight = max(m.stats.MaxInFlight, m.inFlight)
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.inFlight--
	}
}

func (m *meter) read() Stats {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.stats
	s.Requests = maps.Clone(s.Requests)
	if s.Requests == nil {
		s.Requests = map[string]int{}
	}
	return s
}

// reset starts at zero, but for the calls that are being served.
func (m *meter) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stats = Stats{MaxInFlight: m.inFlight}
}

// Stats returns what was counted since the start or the last reset.
func (c *Console) Stats() Stats { return c.meter.read() }

// ResetStats starts counting anew.
func (c *Console) ResetStats() { c.meter.reset() }
