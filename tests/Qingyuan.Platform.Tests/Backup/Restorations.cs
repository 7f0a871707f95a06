using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>A restoration as the command line makes one: nothing of a running platform is in it.</summary>
internal static class Restorations
{
    public static IRestoration In(string keyCopies) => Services(keyCopies).GetRequiredService<IRestoration>();

    public static IFrameExtraction ExtractionIn(string keyCopies) => Services(keyCopies).GetRequiredService<IFrameExtraction>();

    private static ServiceProvider Services(string keyCopies)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Backup:KeyCopies", keyCopies)]).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IInstallations, Installations>().AddRestoration(configuration).BuildServiceProvider();
    }
}
