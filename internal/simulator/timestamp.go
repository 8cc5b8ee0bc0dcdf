package simulator

import "time"

// timestamp is a time as the console writes it: UTC, always with microseconds.
type timestamp time.Time

const timestampLayout = "2006-01-02T15:04:05.000000Z"

// MarshalText writes the console's layout.
func (t timestamp) MarshalText() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, timestampLayout), nil
}

// seconds is a time as the console writes those that it has from elsewhere: without a fraction.
type seconds time.Time

// MarshalText writes the layout without a fraction.
func (s seconds) MarshalText() ([]byte, error) {
	return time.Time(s).UTC().AppendFormat(nil, "2006-01-02T15:04:05Z"), nil
}

// timestampOf reads a time that has passed the contract.
func timestampOf(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
