# Start, readiness, status, stop, watchdog.

test_start_is_ready_and_says_how_it_stands() {
  must systemctl start daybook.service
  must is_state active
  must until_true 5 sh -c 'systemctl show -p StatusText --value daybook | grep -q "2 accounts"'
  must grep -q 'sign-in needed: me' <<<"$(status_text)"
  must test "$(stat -c '%U %a' /var/lib/daybook)" = 'daybook 750'
  must test "$(stat -c '%a' /var/lib/daybook/ledger.sqlite)" = 600
}

test_status_text_follows_the_backfill() {
  must systemctl start daybook.service
  must sign_in
  must until_true 20 sh -c 'systemctl show -p StatusText --value daybook | grep -qE "[0-9]+ missing"'
  must until_true 60 sh -c '! systemctl show -p StatusText --value daybook | grep -q missing'
  must daybook verify --deep
}

test_stop_in_the_middle_of_transfers_takes_less_than_a_second() {
  must systemctl start daybook.service
  must sign_in
  curl -s -X POST "$ORIGIN/sim/faults?add=data:delay=20@always" >/dev/null
  sleep 0.5
  begun=${EPOCHREALTIME/./}
  must systemctl stop daybook.service
  took=$(((${EPOCHREALTIME/./} - begun) / 1000))
  echo "stopped in $took ms"
  must test "$took" -lt 1000
  must test "$(systemctl show -p Result --value daybook)" = success
}

test_the_watchdog_kills_a_daemon_that_hangs_and_it_recovers() {
  mkdir -p /etc/systemd/system/daybook.service.d
  printf '[Service]\nWatchdogSec=2s\n' >/etc/systemd/system/daybook.service.d/case.conf
  must systemctl daemon-reload
  must systemctl start daybook.service
  sleep 5
  must is_state active
  must test "$(systemctl show -p NRestarts --value daybook)" = 0
  old=$(pid)
  kill -STOP "$old"
  must until_true 15 sh -c '[ "$(systemctl show -p NRestarts --value daybook)" -ge 1 ]'
  must until_true 10 is_state active
  must test "$(pid)" != "$old"
  must grep -q 'Watchdog timeout' <<<"$(journal)"
  # A crash prints nothing of the process's memory: it holds tokens.
  ! grep -q 'Backtrac' <<<"$(journal)" || exit 1
  must daybook status phone
}

test_a_killed_daemon_comes_back_and_keeps_everything() {
  must systemctl start daybook.service
  must sign_in
  sleep 2
  kill -9 "$(pid)"
  must until_true 10 sh -c '[ "$(systemctl show -p NRestarts --value daybook)" -ge 1 ]'
  must until_true 60 sh -c '! daybook status --json | grep -qE "\"missing\":[1-9]"'
  must daybook verify --deep
  must grep -q '"refused":0' <<<"$(curl -s "$ORIGIN/sim/stats")"
}

test_it_starts_without_any_network() {
  mkdir -p /etc/systemd/system/daybook.service.d
  printf '[Service]\nPrivateNetwork=yes\n' >/etc/systemd/system/daybook.service.d/case.conf
  must systemctl daemon-reload
  must systemctl start daybook.service
  must is_state active
  must grep -qx 'After=.*network.target.*' <<<"$(systemctl show -p After daybook)"
  ! grep -q 'network-online' <<<"$(systemctl show -p After -p Wants -p Requires daybook)"
}
