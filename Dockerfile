# A static binary and nothing else: docker run --rm -v "$PWD:/templates" scaleset lint
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /scaleset ./cmd/scaleset

FROM scratch
COPY --from=build /scaleset /scaleset
WORKDIR /templates
USER 65532:65532
ENTRYPOINT ["/scaleset"]
