import DaybookCore
import Testing

@testable import daybook

@Suite("Diagnoses")
struct DiagnosisTests {
  private let all = [
    Diagnosis("socket", .ok, "/run/daybook/control.sock"),
    Diagnosis("clock", .warning, "not synchronised", hint: "see: timedatectl status"),
    Diagnosis("me", .problem, "needs a sign-in", hint: "run: daybook login me"),
    Diagnosis("archive", .unknown, "cannot be seen"),
  ]

  @Test("each is told with its state, and what to do below")
  func text() {
    #expect(
      DoctorText.text(all, Look()) == """
        ok       socket   /run/daybook/control.sock
        warning  clock    not synchronised
            -> see: timedatectl status
        problem  me       needs a sign-in
            -> run: daybook login me
        unknown  archive  cannot be seen
        1 problem

        """)
    #expect(DoctorText.text([all[0]], Look()).hasSuffix("no problems\n"))
  }

  @Test("colours change nothing but the colours, and narrow lines wrap", arguments: [30, 80])
  func colours(columns: Int) {
    let plain = DoctorText.text(all, Look(columns: columns))
    let painted = DoctorText.text(all, Look(columns: columns, colour: true))
    #expect(painted != plain)
    #expect(withoutStyles(painted) == plain)
    #expect(plain.split(separator: "\n").allSatisfy { $0.count <= columns })
  }

  @Test("as JSON it has a hint where there is one")
  func json() {
    #expect(all[0].json == ["name": "socket", "state": "ok", "text": "/run/daybook/control.sock"])
    #expect(all[2].json["hint"] == "run: daybook login me")
  }

  @Test(
    "bytes are told in powers of 1000",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (9_949, "9.9 kB"), (10_000, "10 kB"),
      (3_500_000_000, "3.5 GB"), (5_000_000_000_000_000, "5000 TB"),
    ] as [(UInt64, String)])
  func sizes(bytes: UInt64, text: String) { #expect(DoctorSize.text(bytes) == text) }
}
