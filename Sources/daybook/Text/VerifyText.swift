import DaybookCore

/// The result of `daybook verify`.
enum VerifyText {
  static func text(_ result: VerifyProgress, repair: Bool) -> String {
    var out = ""
    for finding in result.findings {
      out += "\(finding.what.rawValue)  \(escapedForTerminal(finding.path))"
      out += finding.action.isEmpty ? "\n" : "  (\(escapedForTerminal(finding.action)))\n"
    }
    out += "checked \(counted(result.checked, "file")): "
    guard !result.findings.isEmpty else { return out + "all in order\n" }
    out += counted(result.findings.count, "finding") + "\n"
    if !repair { out += "to mend what can be mended: daybook verify --repair\n" }
    return out
  }
}
