using System.Globalization;
using System.Resources;
using Qingyuan.Platform.Ingest.Health;

namespace Qingyuan.Platform.Tests.Console;

public sealed class ReasonTextTests
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_reason_of_the_intake_has_words(string language)
    {
        var texts = new ResourceManager("Qingyuan.Console.Overview.Texts", typeof(Qingyuan.Console.ConsoleModule).Assembly);
        Assert.DoesNotContain(Enum.GetNames<IntakeReason>().Skip(1), name => texts.GetString("why." + name, CultureInfo.GetCultureInfo(language)) is null);
    }
}
