namespace Qingyuan.Platform.Tests;

public class PlaceholderTests
{
    [Fact]
    public void The_repository_is_found() => Assert.True(File.Exists(Repo.Path("Qingyuan.slnx")));
}
