package ioc

// indispensable is what hurts everyone who blocks it, by what it is. Networks that are reserved for documentation are
// not among it: nobody has them, and examples need some.
var indispensable = []struct {
	what   string
	values []string
}{
	{"the machine itself", []string{"127.0.0.0/8", "::1", "localhost"}},
	{"no address of its own, but stands for any", []string{"0.0.0.0/8", "::"}},
	{"private", []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"}},
	{"link-local", []string{"169.254.0.0/16", "fe80::/10"}},
	{"shared address space between providers and their customers", []string{"100.64.0.0/10"}},
	{"for multicast", []string{"224.0.0.0/4", "ff00::/8"}},
	{"for broadcast", []string{"255.255.255.255"}},
	{"the home of SentinelOne's consoles", []string{"sentinelone.net"}},
	{"a public resolver of Google", []string{
		"8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844", "dns.google",
	}},
	{"a public resolver of Cloudflare", []string{
		"1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001", "one.one.one.one", "cloudflare-dns.com",
	}},
	{"a public resolver of Quad9", []string{
		"9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9", "dns.quad9.net",
	}},
	{"a public resolver of OpenDNS", []string{
		"208.67.222.222", "208.67.220.220", "2620:119:35::35", "2620:119:53::53", "dns.opendns.com", "doh.opendns.com",
		"dns.umbrella.com",
	}},
	{"the hash of an empty file", []string{
		"da39a3ee5e6b4b0d3255bfef95601890afd80709",
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	}},
}
