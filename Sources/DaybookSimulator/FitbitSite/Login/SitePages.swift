/// The HTML of the site. No page was ever recorded: only what a client looked for in it is known,
/// the rest is invented.
enum SitePages {
  private static let contentType = "text/html; charset=UTF-8"

  static func page(_ status: Int, title: String, _ body: String) -> SimResponse {
    let text = """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>\(title)</title></head>
      <body>
      \(body)
      </body>
      </html>

      """
    return SimResponse(
      status,
      headers: [
        SimField("Content-Type", contentType), SimField("Cache-Control", "no-cache, no-store"),
      ], body: Array(text.utf8))
  }

  /// What who is not signed in sees at `/`.
  static var landing: SimResponse {
    page(
      200, title: "Fitbit",
      """
      <h1>Fitbit</h1>
      <p><a href="/login">Log In</a></p>
      """)
  }

  /// The form; the hidden inputs have `name` before `value`.
  static func login(
    _ form: SiteSessions.Form, fingerprintName: String, complaint: String? = nil
  ) -> SimResponse {
    page(
      200, title: "Fitbit Log In",
      """
      \(complaint.map { "<p class=\"errors\">\($0)</p>\n" } ?? "")\
      <form action="/login" method="post" id="loginForm">
      <input type="text" name="email" value="">
      <input type="password" name="password">
      <input type="checkbox" name="rememberMe" value="true" checked>
      <input type="hidden" name="includeWorkflow" value="false">
      <input type="hidden" name="redirect" value="">
      <input type="submit" name="login" value="Log In">
      <div style="display: none;">\
      <input type="hidden" name="_sourcePage" value="\(form.sourcePage)">\
      <input type="hidden" name="\(fingerprintName)" value="\(form.fingerprint)"></div>
      </form>
      """)
  }

  /// What who is signed in sees at `/`.
  static func dashboard(
    userID: String, generation: SiteGeneration, layout: SiteLayout
  ) -> SimResponse {
    let reference =
      switch (layout, generation) {
      case (.withoutID, _): "<div id=\"dash\" class=\"react\"></div>"
      case (_, .profileLink): "<a href=\"/user/\(userID)\" class=\"profile\">Profile</a>"
      case (_, .userID):
        "<embed src=\"/flash/amcolumn.swf\" "
          + "flashvars=\"data_file=/graph/getGraphData?userId=\(userID)&amp;type=intradaySteps\">"
      }
    return page(
      200, title: "Fitbit Dashboard",
      """
      <h1>Dashboard</h1>
      \(reference)
      <p><a href="/logout">Log Out</a></p>
      """)
  }

  static func error(_ status: Int, _ text: String) -> SimResponse {
    page(status, title: "Fitbit", "<h1>\(text)</h1>")
  }

  static func redirect(_ location: String) -> SimResponse {
    var answer = page(302, title: "Found", "<p><a href=\"\(location)\">Moved</a></p>")
    answer.headers.insert(SimField("Location", location), at: 0)
    return answer
  }
}
