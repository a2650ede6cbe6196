#!/bin/sh
# The broker of docker-compose.yml: each app logs in with the password of its secret and may do what kafka-acl.txt gives it.
# Without arguments: starts it. `ready`: whether it runs and has the logins and rights. `grant` and `revoke`: one line of the table.
set -eu
bin=${KAFKA_BIN:-/opt/kafka/bin}
conf=${KAFKA_CONF:-/etc/sluice}
data=${KAFKA_DATA:-/var/lib/kafka/data}
secrets=${KAFKA_SECRETS:-/run/secrets}
run=${KAFKA_RUN:-/tmp}
broker=localhost:9094

# The heap of a tool, beside the broker's own.
tool() {
    name=$1
    shift
    KAFKA_HEAP_OPTS=-Xmx96m "$bin/$name" --bootstrap-server "$broker" --command-config "$run/operator.properties" "$@"
}

access() {
    action=$1
    shift
    case $3 in
    *\*) pattern=prefixed ;;
    *) pattern=literal ;;
    esac
    principals=$(printf '%s' "$1" | sed 's/[^,]*/--allow-principal User:&/g; s/,/ /g')
    operations=$(printf '%s' "$4" | sed 's/[^,]*/--operation &/g; s/,/ /g')
    # The cluster has no name of its own.
    case $2 in
    cluster) set -- --cluster ;;
    *) set -- "--$2" "${3%\*}" --resource-pattern-type "$pattern" ;;
    esac
    # shellcheck disable=SC2086 # They are several words.
    tool kafka-acls.sh $action $principals $operations "$@" > /dev/null
}

# The rights of a table, each on a line of its own.
rights() {
    sed '/^#/d; /^$/d' "$1" | awk '{
        many = split($1, login, ","); all = split($4, operation, ",")
        for (i = 1; i <= many; i++) for (j = 1; j <= all; j++) print login[i], $2, $3, operation[j]
    }' | sort
}

# What the table of the last start had, and this one has not.
revoke_dropped() {
    [ -e "$data/sluice-acl.txt" ] || return 0
    rights "$data/sluice-acl.txt" > "$run/had"
    rights "$conf/kafka-acl.txt" > "$run/has"
    comm -23 "$run/had" "$run/has" > "$run/dropped"
    [ ! -s "$run/dropped" ] || xargs -P 4 -L 1 sh "$0" revoke < "$run/dropped"
}

# The password in an app's file of client properties.
password() { sed -n 's/.*password="\([0-9a-zA-Z]\{16,\}\)".*/\1/p' "$secrets/$1-kafka.properties"; }

# Logins and rights, when they are others than those of the last start.
prepare() {
    until tool kafka-broker-api-versions.sh > /dev/null 2>&1; do sleep 1; done
    wanted=$(cat "$conf/kafka-acl.txt" "$secrets"/*-kafka.properties | sha256sum)
    if [ "$wanted" != "$(cat "$data/sluice-access" 2> /dev/null)" ]; then
        for app in order-api notify-gateway recharge-worker reconciler; do
            [ -n "$(password "$app")" ] || { echo "secrets/$app-kafka.properties has no password of 16 letters and digits or more" >&2; return 1; }
            # By a file: arguments can be read by the users of the machine.
            printf 'SCRAM-SHA-512=password=%s\n' "$(password "$app")" > "$run/login.properties"
            tool kafka-configs.sh --alter --entity-type users --entity-name "$app" --add-config-file "$run/login.properties" > /dev/null
            rm "$run/login.properties"
        done
        sed '/^#/d; /^$/d' "$conf/kafka-acl.txt" | xargs -P 4 -L 1 sh "$0" grant
        revoke_dropped
        cp "$conf/kafka-acl.txt" "$data/sluice-acl.txt"
        printf '%s' "$wanted" > "$data/sluice-access"
    fi
    touch "$run/prepared"
}

case ${1:-start} in
grant)
    shift
    access --add "$@"
    ;;
revoke)
    shift
    access "--remove --force" "$@"
    ;;
ready)
    [ -e "$run/prepared" ] && tool kafka-broker-api-versions.sh > /dev/null
    ;;
start)
    umask 077
    rm -f "$run/prepared"
    # The broker's own login is of this start, and stays in this container.
    own=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
    login="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\"$own\""
    printf 'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=%s;\n' "$login" > "$run/operator.properties"
    cp "$conf/kafka.properties" "$run/server.properties"
    for listener in controller broker; do
        printf 'listener.name.%s.plain.sasl.jaas.config=%s user_broker="%s";\n' "$listener" "$login" "$own" >> "$run/server.properties"
    done
    "$bin/kafka-storage.sh" format --ignore-formatted --cluster-id "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" --config "$run/server.properties"
    prepare &
    exec "$bin/kafka-server-start.sh" "$run/server.properties"
    ;;
esac
