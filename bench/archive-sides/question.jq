select(.published >= $since and .published < $until and (.eventType | IN($types[]))) | .uuid
