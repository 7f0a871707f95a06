using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Security.Secrets;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Tests.Security;

[Requirement("R-5.7.2-2")]
public class SecretTests
{
    [Fact]
    public void Opens_what_it_sealed_and_nothing_that_was_altered()
    {
        var protector = Protector(Directory.CreateTempSubdirectory("qingyuan-key-").FullName);
        var sealedSecret = protector.Protect("123456"u8);
        Assert.Equal("123456"u8, protector.Unprotect(sealedSecret));
        Assert.NotEqual(sealedSecret, protector.Protect("123456"u8));
        for (var at = 0; at < sealedSecret.Length; at++)
        {
            var altered = sealedSecret.ToArray();
            altered[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(altered));
        }

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect([]));
    }

    [Fact]
    public void A_generated_key_is_private_and_found_again_another_one_opens_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-key-").FullName;
        var sealedSecret = Protector(folder).Protect("secret"u8);
        Assert.Equal("secret"u8, Protector(folder).Unprotect(sealedSecret));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "keys", "wrapping.key")));
        Assert.ThrowsAny<CryptographicException>(() => Protector(Directory.CreateTempSubdirectory("qingyuan-key-").FullName).Unprotect(sealedSecret));
    }

    [Fact]
    public void The_unit_file_hands_the_key_over_under_the_name_it_is_looked_for() =>
        Assert.Contains($"LoadCredential={WrappingKey.Credential}:", File.ReadAllText(Repo.Path("deploy/qingyuan.service")), StringComparison.Ordinal);

    private static SecretProtector Protector(string folder) => new(new WrappingKey(new DataDirectory(folder), NullLogger<WrappingKey>.Instance));
}
