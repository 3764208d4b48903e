# syntax=docker/dockerfile:1
# The hub on slim Debian, for linux/amd64 and linux/arm64, from the locks with their hashes.
#   docker build -t lorgnette .
#   docker run -d --name lorgnette -p 127.0.0.1:8765:8765 -v lorgnette:/data lorgnette
# EXTRAS="postgres" adds extras. FONTS="" leaves out the fonts of displays that get pictures.
ARG PYTHON=3.12

FROM python:${PYTHON}-slim-bookworm AS build
ARG EXTRAS=""
# For packages that bring no wheel for a platform.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY requirements requirements
RUN python -m venv /opt/lorgnette && files="" && for lock in base $EXTRAS; do files="$files -r requirements/$lock.txt"; done \
    && /opt/lorgnette/bin/pip install --no-cache-dir --require-hashes $files \
    && pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheels . \
    && /opt/lorgnette/bin/pip install --no-cache-dir --no-deps wheels/*.whl

FROM python:${PYTHON}-slim-bookworm
ARG FONTS="fonts-noto-core fonts-noto-cjk fonts-unifont"
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig libopus0 $FONTS && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin lorgnette \
    && install -d -o lorgnette -g lorgnette -m 0700 /run/lorgnette
COPY --from=build /opt/lorgnette /opt/lorgnette
ENV PATH=/opt/lorgnette/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CONFIG_HOME=/data/config \
    XDG_DATA_HOME=/data/share \
    XDG_STATE_HOME=/data/state \
    XDG_CACHE_HOME=/data/cache \
    XDG_RUNTIME_DIR=/run/lorgnette
USER lorgnette
VOLUME /data
EXPOSE 8765
STOPSIGNAL SIGTERM
# By the private socket, whatever port, name or certificate the hub has.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import http.client, os, socket; s = socket.socket(socket.AF_UNIX); s.settimeout(4); s.connect(os.environ['XDG_RUNTIME_DIR'] + '/lorgnette/hub.sock'); c = http.client.HTTPConnection('localhost'); c.sock = s; c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["lorgnette"]
CMD ["up", "--host", "0.0.0.0"]
