# One image for the server and the worker.
FROM node:24-bookworm-slim AS build
WORKDIR /app
# The packages first: they change less often than the sources, so Docker keeps this layer.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data \
    KEY_FILE=/keys/nuanhao.key
WORKDIR /app
# The program belongs to root and runs as node, so that it cannot change itself; only data and key are its own.
COPY --from=build /app ./
RUN mkdir /data /keys && chown node:node /data /keys
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "server/main.ts"]
