"""Both platforms of our own, with a bot on each and the shell that speaks to them."""

from dataclasses import dataclass

from tests.bot.command_line import Shell
from tests.loopback.discord_remote import Remote as Discord
from tests.loopback.slack_remote import Remote as Slack

APPLICATION = "700000000000000001"
READ_ONLY = 1 << 10 | 1 << 16  # view, read history
SEEN_ONLY = 1 << 10


@dataclass
class Platforms:
    """What is there to be set up."""

    shell: Shell
    discord: Discord
    slack: Slack
    news: str  # a channel of Discord
    quiet: str  # another, in which the bot may not write

    @property
    def tokens(self) -> tuple[str, str, str]:
        """Every secret there is."""
        return self.discord.token, self.slack.token, self.slack.app_token

    @property
    def settings(self) -> dict[str, str]:
        """The settings of both platforms."""
        return {
            "STANDFIRST_DISCORD__TOKEN": self.discord.token,
            "STANDFIRST_SLACK__BOT_TOKEN": self.slack.token,
            "STANDFIRST_SLACK__APP_TOKEN": self.slack.app_token,
        }

    def set_up(self, **changed: str) -> None:
        """Write the settings to `.env`, as they should be but for what is changed."""
        self.shell.env.write_text("".join(f"{name}={value}\n" for name, value in (self.settings | changed).items()))
        self.shell.env.chmod(0o600)
