import {
  AlwaysDepth,
  type Camera,
  DepthTexture,
  type Group,
  Mesh,
  NearestFilter,
  NoBlending,
  PlaneGeometry,
  type Scene,
  ShaderMaterial,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three'

/** Draws only what moves, over a kept picture of what stands still, depths and all. Without a graphics chip the body
    takes most of a picture, and while a hand drags a band it does not move. */
export class Still {
  private readonly kept = new WebGLRenderTarget(1, 1, {
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    depthTexture: new DepthTexture(1, 1),
  })
  private readonly sheet: Mesh
  private readonly size = new Vector2()
  /** Signalled when the kept picture has been drawn. */
  private fence: WebGLSync | null = null
  /** Whether the kept picture is of this view and pose. */
  private known = false

  constructor(
    private readonly gl: WebGLRenderer,
    private readonly scene: Scene,
    private readonly stays: Group,
    private readonly moves: Group,
  ) {
    const material = new ShaderMaterial({
      blending: NoBlending,
      depthFunc: AlwaysDepth,
      uniforms: { picture: { value: this.kept.texture }, depths: { value: this.kept.depthTexture } },
      vertexShader: 'void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }',
      fragmentShader: /* glsl */ `
uniform sampler2D picture;
uniform sampler2D depths;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  gl_FragColor = texelFetch(picture, at, 0);
  gl_FragDepth = texelFetch(depths, at, 0).r;
}`,
    })
    this.sheet = new Mesh(new PlaneGeometry(2, 2), material)
    this.sheet.frustumCulled = false
    this.sheet.visible = false
    scene.add(this.sheet)
  }

  /** What stood still has changed. */
  forget(): void {
    this.known = false
  }

  /** Whether the kept picture is still being drawn: another one now would wait for it, and the page too. */
  get busy(): boolean {
    const gl = this.context
    if (this.fence && gl.clientWaitSync(this.fence, 0, 0) !== gl.TIMEOUT_EXPIRED) {
      gl.deleteSync(this.fence)
      this.fence = null
    }
    return this.fence !== null
  }

  private get context(): WebGL2RenderingContext {
    return this.gl.getContext() as WebGL2RenderingContext
  }

  /** Whether the kept picture can stand under one of the canvas as it is. */
  get fits(): boolean {
    const { x, y } = this.gl.getDrawingBufferSize(this.size)
    return this.known && this.kept.width === x && this.kept.height === y
  }

  draw(camera: Camera): void {
    if (!this.fits) this.keep(camera)
    this.stays.visible = !(this.sheet.visible = true)
    this.gl.render(this.scene, camera)
    this.stays.visible = !(this.sheet.visible = false)
  }

  /** Keeps what stands still as it is now; nobody waits for that, and the canvas stays as it is. */
  keep(camera: Camera): void {
    const { x, y } = this.gl.getDrawingBufferSize(this.size)
    this.kept.setSize(x, y)
    this.moves.visible = false
    this.gl.setRenderTarget(this.kept)
    this.gl.render(this.scene, camera)
    this.gl.setRenderTarget(null)
    this.moves.visible = this.known = true
    this.fence = this.context.fenceSync(this.context.SYNC_GPU_COMMANDS_COMPLETE, 0)
    this.context.flush()
  }

  dispose(): void {
    this.kept.dispose()
    this.kept.depthTexture?.dispose()
    this.sheet.geometry.dispose()
    ;(this.sheet.material as ShaderMaterial).dispose()
  }
}
