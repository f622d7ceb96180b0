# The bot alone: what the lock names, with its hashes, and the three packages. No compiler, no package manager's cache.
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock /tmp/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --quiet --require-hashes --only-binary :all: -r /tmp/requirements.lock && rm /tmp/requirements.lock
COPY bot /app/bot
COPY briefs /app/briefs
COPY adapters /app/adapters
# Compiled here: where the bot runs nothing can be written next to it.
RUN /opt/venv/bin/python -m compileall -q /app

FROM python:3.12-slim
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
# Nobody's account but the bot's, and one folder that is its own: the volume takes its owner from it.
RUN groupadd --gid 10001 standfirst && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin standfirst && install -d -m 700 -o 10001 -g 10001 /data
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONSAFEPATH=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
ENV STANDFIRST_DATABASE=/data/standfirst.db STANDFIRST_OBSERVE__PORT=9464
WORKDIR /data
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
# Every minute: asking takes a third of a second of the processor. It fails when the clock or a connection stalls.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
