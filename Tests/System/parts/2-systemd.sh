# Reload, activation, credentials, journal, hardening.

test_reload_takes_good_settings_and_keeps_the_old_for_bad_ones() {
  must systemctl start daybook.service
  sed -i 's/^  phone:/  tablet:/' /etc/daybook/daybook.yaml
  must systemctl reload daybook
  must until_true 5 daybook status tablet
  echo '  broken: [' >>/etc/daybook/daybook.yaml
  must systemctl reload daybook
  must until_true 5 sh -c 'journalctl --sync; journalctl -u daybook | grep -q "the old ones stay"'
  must grep -qE 'daybook.yaml:[0-9]+:[0-9]+: ' <<<"$(journal)"
  must daybook status tablet
  must is_state active
  daybook reload
  must test $? = 1
}

test_the_socket_starts_the_daemon() {
  must systemctl start daybook.socket
  must is_state inactive
  must test "$(stat -c '%G %a' /run/daybook/control.sock)" = 'daybook 660'
  daybook status phone
  must is_state active
  must systemctl stop daybook.service
  must test -S /run/daybook/control.sock
  daybook status phone
  must is_state active
}

test_secrets_come_as_credentials_and_show_nowhere() {
  must systemctl start daybook.service
  must sign_in
  must test -z "$(journal | grep -F s3cret-of)"
  must test -z "$(tr '\0' '\n' <"/proc/$(pid)/environ" | grep -F s3cret-of)"
  must test -z "$(daybook status --json | grep -F s3cret-of)"
}

test_tokens_are_under_a_key_that_only_systemd_can_read() {
  credential() { openssl rand -base64 32 | cat - "$@" | tee /run/new-key \
    | systemd-creds encrypt --with-key=host --name=token-key - /etc/daybook/token-key.cred; }
  must systemctl start daybook.service
  must sign_in
  must credential
  must test -z "$(grep -aF -f /run/new-key /etc/daybook/token-key.cred)"
  printf '[Service]\nLoadCredentialEncrypted=token-key:/etc/daybook/token-key.cred\n' \
    >/etc/systemd/system/daybook.service.d/case.conf
  sed -i '1i token_key: token-key' /etc/daybook/daybook.yaml
  must systemctl daemon-reload
  must systemctl restart daybook.service
  must grep -q 'the tokens of 1 account are kept encrypted with key' <<<"$(journal)"
  must daybook resync me --wait
  # A new key above the old one, then the new one alone.
  old=$(cat /run/new-key) && echo "$old" >/run/old-key
  must credential /run/old-key
  must systemctl restart daybook.service
  must test "$(journal | grep -c 'are kept encrypted with key')" = 2
  head -n 1 /run/new-key | systemd-creds encrypt --with-key=host --name=token-key - \
    /etc/daybook/token-key.cred --quiet 2>/dev/null
  must systemctl restart daybook.service
  must daybook resync me --wait
  must test -z "$(journal | grep -F -f /run/new-key)"
}

test_journal_lines_have_fields_ids_and_pages() {
  must systemctl start daybook.service
  must until_true 60 sh -c 'journalctl --sync; journalctl -u daybook | grep -q "phone.*every day is here"'
  journal -o json DAYBOOK_ACCOUNT=phone | tail -n 1 >/run/line.json
  must grep -q '"DAYBOOK_PROVIDER":"owntracks"' /run/line.json
  must grep -qE '"MESSAGE_ID":"[0-9a-f]{32}"' /run/line.json
  must grep -q '"SYSLOG_IDENTIFIER":"daybookd"' /run/line.json
  id=$(grep -oE '"MESSAGE_ID":"[0-9a-f]{32}"' /run/line.json | cut -d'"' -f4)
  must test "$(journalctl --list-catalog "$id" | wc -l)" -ge 1
  must test "$(journal -x | grep -c '^░░')" -ge 3
}

test_the_units_are_in_order_and_as_tight_as_they_claim() {
  must test -z "$(systemd-analyze verify /usr/lib/systemd/system/daybook.service \
    /usr/lib/systemd/system/daybook.socket 2>&1)"
  systemd-analyze security --no-pager --threshold=12 daybook.service | tail -n 1
  must systemd-analyze security --no-pager --threshold=12 daybook.service >/dev/null
}

test_a_public_varlink_client_reads_calls_and_follows() {
  must systemctl start daybook.service
  must "${VENV:?no environment with varlink}/bin/python" Tests/System/varlink_client.py \
    unix:/run/daybook/control.sock
}

test_whoever_is_not_owner_may_read_and_not_sign_in() {
  must systemctl start daybook.service
  useradd --system --groups daybook visitor 2>/dev/null
  as() { setpriv --reuid visitor --regid visitor --groups "$(getent group daybook | cut -d: -f3)" \
    env DAYBOOK_SOCKET="$DAYBOOK_SOCKET" ${runtime:+LD_LIBRARY_PATH=$runtime} "$@"; }
  must as daybook status phone
  ! as daybook logout me
  ! as daybook reload
}
