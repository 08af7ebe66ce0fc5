/// One line of progress on standard error, redrawn in place. Where that cannot be done, or where
/// JSON is wanted: nothing at all.
struct ProgressLine {
  private var painting: Painting?

  init(_ session: Session) {
    let err = session.context.err
    painting = err.redraws && !session.json ? Painting(err, hidesCursor: false) : nil
  }

  mutating func show(_ text: String) throws(Failure) { try painting?.show([text]) }

  /// Takes the line away.
  mutating func end() throws(Failure) { try painting?.show([]) }
}
