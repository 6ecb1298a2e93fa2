// SPDX-License-Identifier: MIT
import Reports
import Testing

@testable import Terminal

private func help(_ path: String..., width: Int = 80) -> String {
    let lines = HelpText(SampleProgram.program, width: width).lines(path: path)
    return lines.map(\.plain).joined(separator: "\n")
}

@Suite struct `Help` {
    @Test func `shows the program with its verbs in groups`() {
        #expect(
            help() == """
                sample 1.0. A book of what happened on the beat.

                Usage: sample VERB [options]

                Record:
                  case      Show a case, or work on it
                  count     Add to a count

                Plan:
                  plan      Work on the plan
                  exchange  Exchange with others

                Options of every verb:
                  -b, --book FOLDER  Where the book is.
                      --json         Print JSON.
                  -h, --help         Show help and do nothing else.
                      --version      Show the version only.

                'sample VERB --help' shows more about a verb.
                """)
    }

    @Test func `shows all that a verb takes`() {
        #expect(
            help("case", "open") == """
                Open a case.

                Usage: sample case open --risk LEVEL [options] TITLE [PLACE]...

                A case holds what is known about one trouble, from the first call to its
                closing.

                Nothing is sent before the next exchange.

                Arguments:
                  TITLE  What it is about, in a few words.
                  PLACE  Where; a place of the book.

                Options:
                  -r, --risk LEVEL     How great the risk is. One of:
                                         low: nobody is hurt
                                         medium
                                         high: somebody is in danger
                      --tag TEXT       A word to find it by. Can be given more than once. For
                                       example: noise, drink.
                      --occurred DATE  When it came up, if not today.
                  -x, --restricted     Only for those who work on it.

                Options of every verb:
                  -b, --book FOLDER  Where the book is.
                      --json         Print JSON.
                  -h, --help         Show help and do nothing else.
                      --version      Show the version only.

                Examples:
                  sample case open 'Noise at night' --risk high
                      A case with the least that must be said.
                  sample case open Noise W01-3 -r low --tag noise --tag drink
                      With a place and two tags.
                """)
    }

    @Test func `shows the verbs below a verb`() {
        #expect(
            help("plan", width: 50) == """
                Work on the plan.

                Usage: sample plan VERB [options]

                Verbs:
                  import  Import a plan
                  show    Show the plan

                Options of every verb:
                  -b, --book FOLDER  Where the book is.
                      --json         Print JSON.
                  -h, --help         Show help and do nothing
                                     else.
                      --version      Show the version only.

                'sample plan VERB --help' shows more about a verb.
                """)
        #expect(help("case").contains("\nUsage: sample case [options] REFERENCE\n"))
        #expect(help("case").contains("\nVerbs:\n  open   Open a case\n"))
    }

    @Test func `fits the terminal, lines to be copied excepted`() {
        for path in [[], ["case"], ["case", "open"], ["plan", "import"]] {
            for width in 40...120 {
                let lines = HelpText(SampleProgram.program, width: width).lines(path: path)
                let wide = lines.filter { $0.displayWidth > width }
                #expect(wide.allSatisfy { $0.plain.hasPrefix("  sample case open") })
            }
        }
    }

    @Test func `passes over hidden verbs and shows them when asked`() {
        #expect(!help().contains("debug"))
        #expect(help("debug").hasPrefix("Not for people.\n\nUsage: sample debug\n"))
    }
}
