using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Tests.Signing;

/// <summary>Keys and notes of the evidence design's test vectors.</summary>
internal static class Vectors
{
    public const string Sm2Secret = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    public const string Sm2K = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";

    public const string Origin = "evidence.example/op-east/1";

    public const string StdNote = """
        evidence.example/op-east/1
        8
        XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

        — evidence.example/op-east/1 cIP2SOsG0ukRbg/JZ/GZWhNzpyc061/uxSAW2sPOvFISafTO5gsItQmdbPr6n0OWva9vHZf99/HB3FbAjYXiGpluEgw=
        — discharger.example/m1 R6BQGAAAAABrA6FAU66NUyUFoeKaEyPkOZ2k3JlR2vk2id6rR4THr4JeAHrGkyOcXezxAhttajlfpdaLicrcThOheY64A17GpnreCw==
        — regulator.example/m1 awGx0AAAAABrA6FBAsjhsXSRsZT/tFNFhyZ2CUGPA1GSS+X2XL49i8SROtR3lpSRU4ThCynq6vHQKXydYKRKWhMn7jBBcm4/3FViAw==
        — notary.example/m1 6jNHRQAAAABrA6FC/n5ZROxKigu5xUO2yM5Xyy36hyVf4Un7ele+kpFoQ8KtT269PN6HJ4tjJPQWPk0+8R2c8neco6monYv0VUdSCQ==

        """;

    public const string SmKey = "evidence.example/op-east/1/sm+b1ca7eab+/3NtMi1zbTMtbm90ZS92MQAECfnfMR5UIaFQ3X0WHkvFxnIXn60YM/wHa7CP81bzUCDM6kkM4md1pS3G6nGMwapgCu0F+/NeCEpmMvYHLamtEw==";

    public const string SmNote = """
        evidence.example/op-east/1/sm
        8
        vEi6enCRhLXypjHhreuNwqDUwBjB1syJtWZP4VTJOzg=

        — evidence.example/op-east/1/sm scp+q/PfRYM7+mE9q+ZcYa1gOHzcSbUkDEBmej4/TzE/7Cg504DouHDGj1BpozyTC9+vdxFpm5gF92G1AZIGf4oaFE4=

        """;

    public static IReadOnlyList<string> StdKeys { get; } =
    [
        "evidence.example/op-east/1+7083f648+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
        "discharger.example/m1+47a05018+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "regulator.example/m1+6b01b1d0+BO1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR",
        "notary.example/m1+ea334745+BMqTrBcFGHBx1nuDx/8O/oEI6OxFMFdddyaHkzPb2r58",
    ];

    public static NoteKey Key(string text) => NoteKey.TryParse(text, out var key) ? key! : throw new FormatException(text);

    public static SignedNote Note(string text) => SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var note) ? note! : throw new FormatException(text);

    /// <summary>The signer whose Ed25519 seed is the number plus one, repeated.</summary>
    public static NoteSigner Signer(int number)
    {
        var key = Key(StdKeys[number]);
        return new(key.Name, key.Kind, PrivateKey.From(KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)(number + 1), 32).ToArray()));
    }
}
