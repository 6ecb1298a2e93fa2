// SPDX-License-Identifier: MIT
import Projections

/// The tables of the index. All of it follows from the logs and can be deleted.
enum Schema {
    /// Goes up whenever a table or what is folded into one changes: an older index is made anew.
    static let number: Int64 = 32

    /// How words are cut, when they are written and when they are looked for.
    static let tokenizer = "unicode61 remove_diacritics 2"

    static let tables = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE logs(
            id INTEGER PRIMARY KEY, log BLOB NOT NULL, birth BLOB,
            offset INTEGER, seq INTEGER, time INTEGER, chain BLOB,
            sealedOffset INTEGER, sealedSeq INTEGER, sealedTime INTEGER, sealedChain BLOB,
            records INTEGER NOT NULL DEFAULT 0,
            role TEXT, lim INTEGER, callSign TEXT, words TEXT, signs TEXT,
            sharedWords TEXT,
            toldSeq INTEGER NOT NULL DEFAULT 0, toldChain BLOB,
            vocabulary BLOB, sizeRead INTEGER NOT NULL DEFAULT 0, absent BLOB,
            parent INTEGER, start INTEGER, first BLOB, last INTEGER, file TEXT NOT NULL,
            spareFiles TEXT NOT NULL DEFAULT '');
        CREATE TABLE marks(
            log INTEGER, seq INTEGER, offset INTEGER, time INTEGER, chain BLOB,
            PRIMARY KEY(log, seq)) WITHOUT ROWID;
        CREATE TABLE lines(log INTEGER, about INTEGER, packed BLOB, PRIMARY KEY(log, about))
            WITHOUT ROWID;
        CREATE TABLE claims(
            about BLOB, log INTEGER, seq INTEGER, upTo INTEGER, chain BLOB, excepted BLOB,
            isFalse INTEGER, PRIMARY KEY(about, log, seq, upTo, chain)) WITHOUT ROWID;
        CREATE TABLE stranded(
            about BLOB, seq INTEGER, place INTEGER, offset INTEGER,
            PRIMARY KEY(about, seq, place)) WITHOUT ROWID;
        CREATE INDEX strandedByPlace ON stranded(place);
        CREATE TABLE assumed(
            about BLOB, seq INTEGER, place INTEGER, chain BLOB, named BLOB,
            PRIMARY KEY(about, seq, place, chain)) WITHOUT ROWID;
        CREATE TABLE acts(
            place INTEGER PRIMARY KEY, offset INTEGER, act BLOB, about BLOB, seq INTEGER,
            chain BLOB, record INTEGER, stands INTEGER);
        CREATE TABLE repeats(place INTEGER PRIMARY KEY, original INTEGER, leads INTEGER);
        CREATE TABLE repeatLinks(place INTEGER, record INTEGER, PRIMARY KEY(place, record))
            WITHOUT ROWID;
        CREATE TABLE records(
            id INTEGER PRIMARY KEY, kind INTEGER, number INTEGER, title TEXT, status TEXT,
            isOpen INTEGER, time INTEGER, searchRow INTEGER);
        CREATE TABLE kinds(
            kind INTEGER PRIMARY KEY, records INTEGER NOT NULL, open INTEGER NOT NULL);
        CREATE TABLE states(id INTEGER PRIMARY KEY, state BLOB, history BLOB, view BLOB);
        CREATE TABLE elements(
            record INTEGER, field INTEGER, position INTEGER, key TEXT, value,
            disputed INTEGER, PRIMARY KEY(record, field, position)) WITHOUT ROWID;
        CREATE TABLE aliases(alias TEXT, record INTEGER, PRIMARY KEY(alias, record)) WITHOUT ROWID;
        CREATE TABLE toSettle(record INTEGER, place INTEGER, isFinding INTEGER, urgency INTEGER,
            PRIMARY KEY(record, place)) WITHOUT ROWID;
        CREATE TABLE wordRuns(
            row INTEGER PRIMARY KEY, record INTEGER NOT NULL, position INTEGER NOT NULL);
        CREATE TABLE clocks(
            place INTEGER, about INTEGER, seq INTEGER, ahead INTEGER,
            PRIMARY KEY(place, about)) WITHOUT ROWID;
        CREATE TABLE heldUp(place INTEGER PRIMARY KEY, need TEXT, about INTEGER);
        CREATE TABLE asides(place INTEGER PRIMARY KEY, reason TEXT);
        CREATE TABLE unread(place INTEGER PRIMARY KEY, why TEXT);
        CREATE TABLE roster(place INTEGER PRIMARY KEY, offset INTEGER);
        CREATE TABLE enrolled(
            key BLOB PRIMARY KEY, box BLOB, role TEXT, rank INTEGER, authorRank INTEGER,
            staff BLOB, staffEntry INTEGER, callSign TEXT, isCut INTEGER, enrolments BLOB
        ) WITHOUT ROWID;
        CREATE TABLE rosterFindings(matter TEXT, key BLOB, entries BLOB);
        CREATE TABLE epochs(
            id BLOB, time INTEGER, place INTEGER, after BLOB, without BLOB, shares BLOB,
            isFit INTEGER, isForLeads INTEGER, lacking BLOB);
        CREATE TABLE foundingEpoch(id BLOB, place INTEGER);
        CREATE TABLE recovery(key BLOB, box BLOB);
        CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS segments(
            name TEXT PRIMARY KEY, size INTEGER, content BLOB) WITHOUT ROWID;
        CREATE VIRTUAL TABLE search USING fts5(
            words, content='', columnsize=0, detail=none,
            tokenize='\(tokenizer)');
        """

    /// Made after the first filling: an index that is filled in order costs more than one made
    /// whole.
    static let indices = """
        CREATE INDEX IF NOT EXISTS recordsByKind ON records(kind, time DESC, isOpen);
        CREATE INDEX IF NOT EXISTS conflictsByUrgency ON toSettle(urgency, record);
        """

    /// The search keeps more in memory, and merges nothing, while it is filled: all words of a
    /// million entries become one run.
    static let beforeFilling = """
        INSERT INTO search(search, rank) VALUES('hashsize', 33554432);
        INSERT INTO search(search, rank) VALUES('automerge', 0);
        """

    /// What FTS5 has by itself, and one run of words: merged now, or every command that follows
    /// merges a part of it.
    static let afterFilling = """
        INSERT INTO search(search) VALUES('optimize');
        INSERT INTO search(search, rank) VALUES('hashsize', 1048576);
        INSERT INTO search(search, rank) VALUES('automerge', 4);
        """
}
