"""nginx before the web hosts: it takes slow readers upon itself, and goes to whoever answers."""

import os
from typing import Final

from bin.many.keeper import Part
from bin.many.place import NGINX, WEB_1, WEB_2, folder, whoever_runs

TEXT: Final = """\
{user}
daemon off;
worker_processes 1;
pid {own}/pid;
error_log {own}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    log_format brief '$time_iso8601 $status $request_method $uri [$upstream_addr $upstream_status]';
    access_log {own}/access.log brief;
    client_body_temp_path {own}/body;
    proxy_temp_path {own}/proxy;
    fastcgi_temp_path {own}/fastcgi;
    uwsgi_temp_path {own}/uwsgi;
    scgi_temp_path {own}/scgi;

    # Whoever sends or reads slowly holds a few bytes here, and no thread of a web host.
    client_header_timeout 10s;
    client_body_timeout 30s;
    send_timeout 30s;
    client_max_body_size 25m;
    large_client_header_buffers 4 8k;
    proxy_buffering on;
    proxy_request_buffering on;
    limit_conn_zone $binary_remote_addr zone=readers:1m;
    limit_conn readers 300;
    limit_conn_status 429;

    upstream hosts {{
        least_conn;
        server 127.0.0.1:{first} max_fails=1 fail_timeout=2s;
        server 127.0.0.1:{second} max_fails=1 fail_timeout=2s;
        keepalive 16;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://hosts;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_connect_timeout 2s;
            proxy_read_timeout 60s;
            # A GET is asked again of the other host. What may have been done is asked of nobody
            # twice: nginx leaves a POST that was sent as it is.
            proxy_next_upstream error timeout http_502;
            proxy_next_upstream_tries 2;
        }}
    }}
}}
"""


def nginx() -> Part:
    own = folder / "nginx"
    written = own / "nginx.conf"
    user = f"user {whoever_runs()};" if os.geteuid() == 0 else ""
    written.write_text(TEXT.format(user=user, own=own, port=NGINX, first=WEB_1, second=WEB_2))
    command = ["/usr/sbin/nginx", "-e", own / "error.log", "-c", written]
    return Part("nginx", command, NGINX)
