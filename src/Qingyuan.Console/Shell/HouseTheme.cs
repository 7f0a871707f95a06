using MudBlazor;

namespace Qingyuan.Console.Shell;

/// <summary>MudBlazor's palette in the console's own colours (tokens.css); system fonts only, nothing is fetched.</summary>
internal static class HouseTheme
{
    private static readonly string[] Fonts =
        ["-apple-system", "Segoe UI", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "微软雅黑", "PingFang SC", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight()
        {
            Primary = "#0b5cad", Background = "#f4f5f7", Surface = "#ffffff", TextPrimary = "#14202e", TextSecondary = "#55637a",
            AppbarBackground = "#ffffff", AppbarText = "#14202e", LinesDefault = "#e1e6ed", ActionDefault = "#55637a",
            Error = "#c01f26", Warning = "#955800", Info = "#1b5fc4", Success = "#1e7a3c", Dark = "#12202d",
        },
        PaletteDark = new PaletteDark()
        {
            Primary = "#5aa9f5", Background = "#0e1620", Surface = "#16212d", TextPrimary = "#e4eaf0", TextSecondary = "#a3b3c2",
            AppbarBackground = "#16212d", AppbarText = "#e4eaf0", LinesDefault = "#293846", ActionDefault = "#a3b3c2",
            Error = "#ff8080", Warning = "#e3ab53", Info = "#7fb3ff", Success = "#67cc8a", Dark = "#0a1119",
            PrimaryContrastText = "#08121c", ErrorContrastText = "#08121c", WarningContrastText = "#08121c", InfoContrastText = "#08121c", SuccessContrastText = "#08121c",
        },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.5" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "16px", FontWeight = "600" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "14px", TextTransform = "none" },
        },
        LayoutProperties = new() { DefaultBorderRadius = "6px" },
    };
}
