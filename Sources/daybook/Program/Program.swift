import Glibc

@main
enum Program {
  static func main() {
    // A reader that goes away is an error of the write, which Output handles.
    signal(SIGPIPE, SIG_IGN)
    exit(Daybook.execute(Array(CommandLine.arguments.dropFirst()), in: .ofProcess()))
  }
}
