#!/bin/sh
# Makes the folder `secrets` for a try-out of docker-compose.yml with its profile `sandbox`: keys of a merchant, of its Alipay and of
# the tokens of two users and an operator, which open nothing real. For real, put your own into files of the same names.
set -eu
cd "$(dirname "$0")/.."

if [ -e secrets ]; then
    echo "There is a folder secrets already: move it away first." >&2
    exit 1
fi
# Only the owner can enter the folder; its files are readable for the users of the containers.
mkdir -m 700 secrets
umask 022

# HMAC-SHA256 of the input by a key in hex, by what the shell has built in: the users of the machine can read arguments of programs.
padded() { rest=$1; for _ in $(seq 64); do byte=${rest%"${rest#??}"} rest=${rest#??}; printf "\\$(printf %o $((0x${byte:-0} ^ $2)))"; done; }
hmac() { { padded "$1" 0x5c; { padded "$1" 0x36; cat; } | openssl dgst -sha256 -binary; } | openssl dgst -sha256 -binary; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

for name in postgres-password orders-password ledger-password recon-password; do
    openssl rand -hex 24 > "secrets/$name"
done
for app in order-api notify-gateway recharge-worker reconciler; do
    cat > "secrets/$app-kafka.properties" <<PROPERTIES
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="$app" password="$(openssl rand -hex 24)";
PROPERTIES
done
jwt_secret=$(openssl rand -hex 32)
printf '%s\n' "$jwt_secret" > secrets/jwt-secret

# What seals, opens and signs what operators set. The gateway gets a part: what opens the settings that verify, one block of HKDF-Expand,
# and, behind a colon, the public half of what signs; its private half is another block, behind the head of an Ed25519 key in DER.
master_key=$(openssl rand -hex 32)
printf '%s\n' "$master_key" > secrets/master-key
expand() { printf '%s\001' "$1" | hmac "$master_key"; }
opening=$(expand sluice/settings/verifying | hex)
public=$({ printf '\060\056\002\001\000\060\005\006\003\053\145\160\004\042\004\040'; expand sluice/settings/authority; } |
    openssl pkey -inform DER -pubout -outform DER | tail -c 32 | hex)
printf '%s:%s\n' "$opening" "$public" > secrets/verifying-key

wechat_key=$(openssl rand -hex 16)
application=$(openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2> /dev/null)
alipay=$(openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2> /dev/null)
private_key() { printf '%s\n' "$1" | openssl pkcs8 -topk8 -nocrypt -outform DER | openssl base64 -A; }
public_key() { printf '%s\n' "$1" | openssl pkey -pubout -outform DER | openssl base64 -A; }

# $1: what only those may know who speak for the merchant
settings() {
    cat <<JSON
{
  "ServerAddress": "http://proxy:8080",
  "WechatAppId": "wx0000000000000001",
  "WechatMchId": "1900000001",
  "WechatApiV2Key": "$wechat_key",
  "WechatGatewayUrl": "http://provider-sandbox:8090",
  "AlipayAppId": "9021000000000001",
  "AlipaySellerId": "2088000000000001",$1
  "AlipayPublicKey": "$(public_key "$alipay")",
  "AlipayGatewayUrl": "http://provider-sandbox:8090/gateway.do"
}
JSON
}
settings "
  \"AlipayPrivateKey\": \"$(private_key "$application")\"," > secrets/settings.json
settings "" > secrets/gateway-settings.json

cat > secrets/sandbox.properties <<PROPERTIES
sandbox.wechat.app-id=wx0000000000000001
sandbox.wechat.mch-id=1900000001
sandbox.wechat.api-key=$wechat_key
sandbox.alipay.app-id=9021000000000001
sandbox.alipay.seller-id=2088000000000001
sandbox.alipay.app-public-key=$(public_key "$application")
sandbox.alipay.private-key=$(private_key "$alipay")
PROPERTIES

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
now=$(date +%s)
# $1: the user's number, $2: the roles, $3: the file
token() {
    header=$(printf '{"alg":"HS256"}' | base64url)
    claims=$(printf '{"sub":"%s","group":"default","role":%s,"iat":%s,"exp":%s}' "$1" "$2" "$now" "$((now + 30 * 24 * 3600))" | base64url)
    signature=$(printf '%s.%s' "$header" "$claims" | hmac "$(printf '%s' "$jwt_secret" | hex)" | base64url)
    printf '%s.%s.%s' "$header" "$claims" "$signature" > "secrets/$3.token"
}
token 1 '[]' user-1
token 2 '[]' user-2
token 1000000 '["operator","admin","auditor"]' admin
echo "secrets is ready: docker compose --profile sandbox up --build --wait"
