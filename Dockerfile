# Two stages on one image: the first installs into a virtual environment, the second holds nothing else.

FROM python:3.12-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_COMPILE=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /build
RUN python -m venv --without-pip /opt/casework

# Dependencies first: this layer stays cached until the lock changes.
COPY container.lock ./
RUN python -m pip --python /opt/casework/bin/python install --require-hashes --no-deps --requirement container.lock

COPY . ./
# Compiled by hashes, all anew and one after the other: then two builds make the same files, whatever their dates.
RUN python -m pip --python /opt/casework/bin/python install --no-deps --no-build-isolation . \
    && python -m pip --python /opt/casework/bin/python uninstall --yes \
        hatchling editables pathspec pluggy tomlkit trove-classifiers \
    && find /opt/casework/lib -type d -name tests -prune -exec rm -r {} + \
    && /opt/casework/bin/python -m compileall -q -f --invalidation-mode unchecked-hash /opt/casework/lib


FROM python:3.12-slim

ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Casework" \
      org.opencontainers.image.description="Keeps a social landlord's anti-social behaviour and hate crime cases." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# A container's own loopback reaches nobody, so inside one everything listens on every address.
ENV PATH="/opt/casework/bin:${PATH}" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CASEWORK_API_HOST=0.0.0.0 \
    CASEWORK_WORKER_HEALTH_HOST=0.0.0.0 \
    CASEWORK_LOG_FORMAT=json

COPY --from=build /opt/casework /opt/casework

WORKDIR /opt/casework
USER 10001:10001
EXPOSE 8000

# Alive, not ready: an engine that restarts on this must not do so because the database is away.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/health/live'); sys.exit(c.getresponse().status != 200)"]

ENTRYPOINT ["casework"]
CMD ["api"]
