package simulator

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// reply is an answer on its way out: a fault can still change it.
type reply struct {
	status      int
	contentType string
	retryAfter  int // seconds; 0 is no header
	body        []byte
}

func jsonReply(status int, body []byte) reply {
	return reply{status: status, contentType: "application/json", body: body}
}

func htmlReply(status int, page string) reply {
	return reply{status: status, contentType: "text/html", body: []byte(page)}
}

// nginxReply is what the proxy in front of a console answers on its own account; the page was recorded for 429.
func nginxReply(status int) reply {
	title := strconv.Itoa(status) + " " + http.StatusText(status)
	return htmlReply(status, "<html>\r\n<head><title>"+title+"</title></head>\r\n<body>\r\n<center><h1>"+title+
		"</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n")
}

func refusalReply(r *refusal) reply {
	if r.Code == 0 {
		return nginxReply(r.Status)
	}
	body, err := json.Marshal(map[string][]*refusal{"errors": {r}})
	if err != nil {
		panic(err) // Strings and numbers always encode.
	}
	return jsonReply(r.Status, body)
}

// write sends the reply with the headers that a live console was seen to send.
func (p reply) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Server", "nginx")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", p.contentType)
	h.Set("Content-Length", strconv.Itoa(len(p.body)))
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	w.WriteHeader(p.status)
	_, _ = w.Write(p.body) // A client that has gone is not the console's business.
}
