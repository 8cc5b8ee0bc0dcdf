package simulator

import "time"

// timestamp is a time as the console writes it: UTC, with microseconds unless there are none. Sites were recorded whose
// licences end at "2022-01-11T08:00:00Z"; Python writes times so.
type timestamp time.Time

const (
	timestampLayout = "2006-01-02T15:04:05.000000Z"
	secondsLayout   = "2006-01-02T15:04:05Z"
)

// MarshalText writes the console's layout.
func (t timestamp) MarshalText() ([]byte, error) {
	utc := time.Time(t).UTC().Truncate(time.Microsecond)
	if utc.Nanosecond() == 0 {
		return utc.AppendFormat(nil, secondsLayout), nil
	}
	return utc.AppendFormat(nil, timestampLayout), nil
}

// seconds is a time as the console writes those that it has from elsewhere: without a fraction.
type seconds time.Time

// MarshalText writes the layout without a fraction.
func (s seconds) MarshalText() ([]byte, error) {
	return time.Time(s).UTC().AppendFormat(nil, secondsLayout), nil
}

// timestampOf reads a time that has passed the contract.
func timestampOf(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
