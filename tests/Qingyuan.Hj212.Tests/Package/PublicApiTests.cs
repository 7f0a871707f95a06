using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Tests.Package;

/// <summary>The public surface is what was agreed on, one file a namespace beside this one. Set QINGYUAN_UPDATE=1 to write the files anew, and read the difference.</summary>
public class PublicApiTests
{
    private static readonly string Folder = Repo.Path("tests", "Qingyuan.Hj212.Tests", "Package", "Api");

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var surface = PublicApi.Of(typeof(FrameCutter).Assembly);
        if (Environment.GetEnvironmentVariable("QINGYUAN_UPDATE") == "1")
            foreach (var (space, text) in surface) File.WriteAllText(Approved(space), text);
        Assert.Equal(surface.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(file => Path.GetFileName(file).Replace(".approved.txt", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(surface, space => Assert.Equal(File.ReadAllText(Approved(space.Key)), space.Value));
    }

    private static string Approved(string space) => Path.Combine(Folder, space + ".approved.txt");
}
