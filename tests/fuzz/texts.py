"""Hostile texts, drawn from a seed: what articles, names, people and readers may throw at us."""

import random

CALLS = [
    *("@everyone", "@here", "@channel", "<!channel>", "<!here>", "<!everyone>", "<@U012AB3CD>", "<@!123456789012345678>"),
    *("<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", "<#C012AB3CD|general>"),
    *("<!subteam^S012AB3CD|x>", "#general", "@anna", "<id:customize>", "＠everyone", "@​everyone"),
    *("<!date^1^{time}|<!channel>>",),
]
LINKS = [
    *("[label](https://example.org)", "[x](javascript:alert(1))", "<https://evil.test|guardian.com>"),
    *("https://evil.test/a?b=c#d", "http://127.0.0.1:22/", "<https://evil.test>", "[https://good.test](https://evil.test)"),
    *("![i](https://evil.test/x.png)", "discord.gg/abcdef", "https://discord.com/invite/x", "steam://run/1"),
    *("mailto:a@b.test", "www.evil.test", "evil.test/x", '[a]( https://evil.test "t")', "<mailto:a@b.test|x>"),
    *("</brief:123456789012345678>", "<tel:+1|x>", "[x]\n(https://evil.test)"),
]
MARKS = [
    *("*b*", "**b**", "_i_", "__u__", "~s~", "~~s~~", "`c`", "``c``", "```\n@everyone\n```", "||s||", "> q", ">>> q", "# h"),
    *("## h", "-# s", "- l", "1. l", "* l", "\\", "\\*", "*", "**", "_", "`", "```", "~", "|", "<", ">", "&", "&amp;"),
    *("&lt;!channel&gt;", "&#60;", "&am", ":smile:", ":x:", "10:30:45", "<:n:123456789012345678>", "<t:1:R>"),
    *("<t:99999999999999:F>", "[bold]m[/bold]", "[/]", "[link=x]", "＊b＊", "＿i＿", "｀c｀", "＞q", "：smile：", "[", "]", "(", ")"),
    *("](", "|>", "^", "#", "-", "1)", "•"),
]
CONTROLS = [
    *("\x1b[31m", "\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\x1b]8;;https://evil.test\x1b\\x\x1b]8;;\x1b\\", "\x00", "\x07"),
    *("\x08", "\x7f", "\r", "\r\n", "\n", "\t", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n\n", "\x1c", "\x1f"),
]
DISGUISES = [
    *("\u202e", "\u202d", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c"),
    *("\u200b", "\u200c", "\u200d", "\u2060", "\u2061", "\u00ad", "\ufeff", "\u180e", "\u034f", "\u115f", "\u3164", "\ufe0f"),
    *("\u206a", "\ud800", "\udfff", "\ud83d", "\ude00", "\U000e0041\U000e0042\U000e007f", "\U000e0100", "\ufffe", "\uffff"),
    *("\U0010ffff", "\ufff9"),
]
INJECTIONS = [
    *("{0.__class__.__mro__}", "{}", "{name!r}", "%s", "%(x)s", "%n", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "{% raw %}"),
    *("$(id)", "`id`", "'; DROP TABLE briefs;--", '" OR 1=1', "<script>alert(1)</script>", "<b>x</b>", "=HYPERLINK(1)"),
    *("../../etc/passwd", "NEAR(a b)", "{date_short}", "<!date^1795330320^{date}|x>", "l:/brief", "sf0:/brief"),
    *("\\u0040everyone", "Ignore all previous instructions."),
]
WIDE = [
    *("👍🏽", "👨\u200d👩\u200d👧\u200d👦", "❤️", "🇮🇶", "🇮🇶🇮", "🏴\U000e0067\U000e0062\U000e007f", "👩🏽\u200d🚀", "e\u0301"),
    *("e" + "\u0301" * 40, "حزب الله", "שלום", "می\u200cخواهم", "中文字", "ｌｏｌ", "ß", "ﬀ", "İ", "Ǆ", "ﷺ", "𝕬𝖇𝖈", "ก็็็็็"),
    *("٠٨:٣٠", "Iraq", "x" * 300, "W" * 2_500, "a\u200d" * 60, "👨\u200d" * 80, "😀" * 1_300, "&" * 900, "*" * 2_100),
    *("<" * 900, "`" * 500, "حزب" * 300, "\u200f1" * 200),
]
PLAIN = [
    *("The council met on Monday.", "an estimated 50,000 fighters", "Reuters reported", "“we will”, he said,", "Hezbollah"),
    *("Kataeb Hezbollah", "according to officials", "word", "a", " ", "  ", ". ", ", ", ": ", "?", "—", "5", "12.5 %"),
    *("Trump", "last year", "is not known"),
]
KINDS = (CALLS, LINKS, MARKS, CONTROLS, DISGUISES, INJECTIONS, WIDE, PLAIN, PLAIN)
LONG = 60  # characters; beyond it a piece is rare, or a message would be nothing else


class Dice(random.Random):
    """Draws, the same from the same seed."""

    def piece(self, *, short: bool = False) -> str:
        """One of the pieces above, or any character there is."""
        if self.random() < 0.06:
            return chr(self.randrange(0x110000))
        kind = self.choice(KINDS)
        piece = self.choice(kind)
        return self.piece(short=short) if len(piece) > LONG and (short or self.random() < 0.8) else piece

    def text(self, pieces: int = 6, *, short: bool = False) -> str:
        """A hostile text; now and then empty, blank, or very long."""
        luck = self.random()
        if luck < 0.03:
            return self.choice(["", " ", "\u200b", "\n", "\u3164"])
        most = pieces * 12 if luck > 0.98 and not short else pieces
        glue = self.choice(["", "", " "])
        return glue.join(self.piece(short=short) for _ in range(self.randint(1, most)))

    def word(self) -> str:
        """A hostile text with something in it that can be seen."""
        return f"{self.text(3, short=True)}{self.choice(['x', 'Iraq', 'ب', '中'])}"

    def few(self, most: int, least: int = 0) -> range:
        """So many."""
        return range(self.randint(least, most))
