# What the tests share: installing, a simulator, a daemon with a clean state, and ways to wait.

install_daybook() {
  make -s install CONFIGURATION="$CONFIGURATION" BUILD="$BUILD" PREFIX=/usr >/dev/null || exit 1
  systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog
  systemctl daemon-reload
  install -d -m 0755 /etc/daybook /etc/systemd/system/daybook.service.d
  # A debug build shares the toolchain's runtime; released ones carry their own.
  runtime=$(dirname "$(ldd /usr/bin/daybookd | awk '/libswiftCore/ {print $3}')" 2>/dev/null)
  {
    echo '[Service]'
    [ -z "$runtime" ] || [ "$runtime" = . ] || echo "Environment=LD_LIBRARY_PATH=$runtime"
    echo 'LoadCredential=sim-secret:/etc/daybook/sim.secret'
    echo 'RestartSec=100ms'
  } >/etc/systemd/system/daybook.service.d/test.conf
  (umask 077; echo s3cret-of-the-simulator >/etc/daybook/sim.secret)
  systemctl daemon-reload
}

start_simulator() {
  systemd-run -q --unit=daybook-sim -p StandardOutput=file:/run/sim.log \
    ${runtime:+-p "Environment=LD_LIBRARY_PATH=$runtime"} \
    /usr/bin/daybook-sim serve --moves --owntracks --days 400 --zone UTC=+0000 \
    --minute 1 --hour 10 --minute-limit 60 --hour-limit 2000 --no-fresh-doubles --grace 120 \
    --redirect-uri http://127.0.0.1:8754/
  until_true 10 grep -q '^ready' /run/sim.log || { echo "no simulator" >&2; exit 1; }
  ORIGIN=$(awk '/^ready/ {print $2}' /run/sim.log)
}

# A stopped daemon without state, with the settings of a Moves account and a phone.
fresh_daybook() {
  systemctl stop daybook.service daybook.socket >/dev/null 2>&1
  systemctl reset-failed daybook.service daybook.socket >/dev/null 2>&1
  rm -rf /var/lib/daybook /etc/systemd/system/daybook.service.d/case.conf
  settings
  systemctl daemon-reload
  curl -s -X POST "$ORIGIN/sim/faults?clear" >/dev/null
}

settings() {
  cat >/etc/daybook/daybook.yaml <<END
clients:
  app:
    provider: moves
    client_id: daybook
    client_secret: sim-secret
accounts:
  me:
    provider: moves
    client: app
    origin: $ORIGIN
    timeout: 5s
    windows:
      minute: {seconds: 1, limit: 60}
      hour: {seconds: 10, limit: 2000}
  phone:
    provider: owntracks
    origin: $ORIGIN
    zone: UTC
    params: {user: jane, device: phone}
END
}

# until_true SECONDS COMMAND…: as soon as it holds; 1 when it does not in time.
until_true() {
  local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "${EPOCHREALTIME/./}" -lt "$end" ] || { echo "not within time: $*" >&2; return 1; }
    sleep 0.05
  done
}

must() { "$@" || { echo "failed: $*" >&2; exit 1; }; }
status_text() { systemctl show -p StatusText --value daybook; }
journal() { journalctl --sync; journalctl --no-pager -u daybook "$@"; }
pid() { systemctl show -p MainPID --value daybook; }
is_state() { [ "$(systemctl is-active daybook)" = "$1" ]; }

sign_in() {
  rm -f /run/paste /run/url && mkfifo /run/paste
  daybook login me --no-browser </run/paste >/run/url 2>/run/login.log &
  exec 3<>/run/paste
  must until_true 10 test -s /run/url
  env ${runtime:+LD_LIBRARY_PATH=$runtime} daybook-sim agree "$(head -n 1 /run/url)" >&3
  exec 3>&-
  wait $! || { cat /run/login.log; return 1; }
}
