// SPDX-License-Identifier: MIT
import Basics
import Projections

extension IndexStore {
    /// The terms that the search would keep of each text, cut by the search's own tokenizer.
    ///
    /// A text without a letter or digit has none. The texts go through a search table in memory,
    /// so that what is asked for is cut exactly as what was written.
    func terms(of texts: [String]) throws(Failure) -> [[String]] {
        try database.run(
            """
            CREATE VIRTUAL TABLE IF NOT EXISTS temp.asked
                USING fts5(words, tokenize='\(Schema.tokenizer)');
            CREATE VIRTUAL TABLE IF NOT EXISTS temp.askedTerms
                USING fts5vocab('temp', 'asked', 'instance');
            DELETE FROM temp.asked;
            """)
        for (number, text) in texts.enumerated() {
            try database.statement("INSERT INTO temp.asked(rowid, words) VALUES(?1, ?2)")
                .bind(1, Int64(number)).bind(2, text).execute()
        }
        var terms: [[String]] = texts.map { _ in [] }
        let find = try database.statement(
            "SELECT doc, term FROM temp.askedTerms ORDER BY doc, offset")
        while try find.step() { terms[Int(find.integer(0))].append(find.text(1)) }
        return terms
    }
}
