# The pages, then the packages, then a small image with both and a user without rights.

FROM node:20-bookworm-slim AS pages
WORKDIR /build/client-web
COPY client-web/package.json client-web/package-lock.json client-web/.npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY client-web ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
RUN python -m venv /opt/nineteenth
COPY requirements/runtime.txt requirements/
RUN /opt/nineteenth/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY rules rules
COPY server server
RUN /opt/nineteenth/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10019 --create-home --home-dir /var/lib/nineteenth nineteenth
COPY --from=packages /opt/nineteenth /opt/nineteenth
COPY --from=pages /build/client-web/dist /usr/share/nineteenth
ENV PATH=/opt/nineteenth/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PORT=8019 \
    NINETEENTH_HOST=0.0.0.0 \
    NINETEENTH_DATA_FOLDER=/var/lib/nineteenth \
    NINETEENTH_CLIENT_FOLDER=/usr/share/nineteenth
USER nineteenth
WORKDIR /var/lib/nineteenth
VOLUME /var/lib/nineteenth
EXPOSE 8019
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["nineteenth"]
CMD ["serve", "--workers", "2"]
