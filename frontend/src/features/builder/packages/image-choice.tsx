import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { defaultImage, imagesQuery } from '@/api/environments';

type ImageChoiceProps = { image: string | undefined; onChoose: (image: string) => void };

/** The base image in which the scripts run. Nothing is shown where there is only one. */
export function ImageChoice({ image = defaultImage, onChoose }: ImageChoiceProps) {
  const { data: images = [] } = useQuery(imagesQuery());
  const names = images.map(({ name }) => name);
  const isGone = image !== defaultImage && images.length > 0 && !names.includes(image);
  if (names.length < 2 && !isGone) {
    return null;
  }
  return (
    <NativeSelect
      size="xs"
      label="Image"
      description="It has the Python and the system libraries for the packages."
      data={isGone ? [...names, image] : names}
      value={image}
      error={isGone ? 'The settings no longer have this image. Choose another one.' : undefined}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}
