# Klankbord in a container: docker build -t klankbord . && docker run --env-file .env -v klankbord:/data klankbord
ARG BASE=python:3.12-slim-bookworm

# What it is built from goes into a virtual environment of its own, so that the second stage needs no build tools.
FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /build
COPY requirements/uv.txt requirements/run.txt ./
RUN python -m venv /build/tools \
    && /build/tools/bin/pip install --quiet --require-hashes -r uv.txt \
    && python -m venv --without-pip /opt/klankbord \
    && /build/tools/bin/uv pip sync --quiet --no-cache --python /opt/klankbord/bin/python --require-hashes run.txt

FROM ${BASE}
ENV PATH=/opt/klankbord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/klankbord.db \
    HOST=0.0.0.0 \
    PORT=3000
RUN groupadd --system --gid 10001 klankbord \
    && useradd --system --uid 10001 --gid klankbord --home-dir /app --shell /usr/sbin/nologin klankbord \
    && install --directory --owner=klankbord --group=klankbord --mode=700 /data
COPY --from=build /opt/klankbord /opt/klankbord
WORKDIR /app
COPY LICENSE main.py ./
COPY db ./db
COPY bot ./bot
COPY app ./app
COPY cli ./cli
COPY handlers ./handlers
COPY schedules ./schedules
USER klankbord
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# Ready means: the database answers and Slack is reached. With an empty PORT nothing listens, and being alive must do.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; port = os.environ['PORT']; port and r.urlopen(f'http://127.0.0.1:{port}/health/ready', timeout=4)"]
ENTRYPOINT ["python", "main.py"]
CMD ["run"]
