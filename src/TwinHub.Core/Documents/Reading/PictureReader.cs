using SkiaSharp;
using TwinHub.Core.Documents.Storage;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// Pictures, made small: decoded at a reduced scale, turned upright, on white as on paper, written anew as WebP, so that nothing
/// of the file they came from is left in them. Of a moving one the first frame.
/// </summary>
internal static class PictureReader
{
    public const int Small = 480, Large = 1600;

    /// <summary>Pixels a picture may say it has; more are a bomb, or nothing for a phone.</summary>
    public const long MostPixels = 100_000_000;

    /// <summary>Pixels that are decoded at once (4 bytes each): some kinds cannot be decoded at a reduced scale.</summary>
    public const long MostDecoded = 50_000_000;

    /// <summary>Bytes a small preview should have: it is seen in 2 s at 100 kbit/s.</summary>
    private const int SmallBytes = 25 * 1024;

    public static ReadAnswer Read(string file, string folder)
    {
        using var codec = SKCodec.Create(file, out var opened);
        if (codec is null)
        {
            return new ReadAnswer(opened.ToString());
        }
        var (width, height) = Upright(codec.Info.Width, codec.Info.Height, codec.EncodedOrigin);
        if (width <= 0 || height <= 0 || (long)width * height > MostPixels)
        {
            return new ReadAnswer("pixels");
        }
        using var image = Decode(codec);
        return new ReadAnswer(image is null ? "decode" : null, width, height, null, image is null ? [] : Previews(image, codec.EncodedOrigin, folder));
    }

    /// <summary>The small pictures alone, of the picture of a page.</summary>
    public static ReadPicture[] Previews(string file, string folder) => Read(file, folder).Previews ?? [];

    private static ReadPicture[] Previews(SKImage image, SKEncodedOrigin origin, string folder) =>
    [
        Write(image, origin, Large, ContentPreview.Large, folder, [75]),
        Write(image, origin, Small, ContentPreview.Small, folder, [60, 45, 30]),
    ];

    private static SKImage? Decode(SKCodec codec)
    {
        var longest = Math.Max(codec.Info.Width, codec.Info.Height);
        // JPEG knows eighths; the next one that is large enough.
        var size = codec.GetScaledDimensions(Math.Clamp(MathF.Ceiling(8f * Large / longest) / 8, 0.125f, 1));
        if ((long)size.Width * size.Height > MostDecoded)
        {
            return null;
        }
        using var colours = SKColorSpace.CreateSrgb();
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colours)))
        {
            return null;
        }
        // Of a picture that is cut off, what is there is shown.
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput))
        {
            return null;
        }
        // Nobody writes to them any more: the image shares them, instead of taking as much memory again.
        bitmap.SetImmutable();
        return SKImage.FromBitmap(bitmap);
    }

    private static ReadPicture Write(SKImage image, SKEncodedOrigin origin, int most, string size, string folder, int[] qualities)
    {
        var (width, height) = Upright(image.Width, image.Height, origin);
        var ratio = Math.Min(1f, (float)most / Math.Max(width, height));
        (width, height) = (Math.Max(1, (int)MathF.Round(width * ratio)), Math.Max(1, (int)MathF.Round(height * ratio)));
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(ratio);
        surface.Canvas.Concat(Turn(origin, image.Width, image.Height));
        surface.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var pixels = surface.PeekPixels();
        foreach (var quality in qualities)
        {
            using var written = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality)) ?? throw new InvalidDataException("The picture cannot be written.");
            if (written.Size <= SmallBytes || quality == qualities[^1])
            {
                File.WriteAllBytes(Path.Combine(folder, ReadNames.Preview(size)), written.ToArray());
                break;
            }
        }
        return new(size, width, height);
    }

    private static (int Width, int Height) Upright(int width, int height, SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop ? (height, width) : (width, height);

    /// <summary>From the picture as it is stored to the picture as it is held (EXIF 2.3, Orientation).</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
